"""The applicant's face: the way from the ad to the receipt, and "my applications" afterwards."""
