"""What leaves a case about its applicants: sheets and folders, each with a purpose, a watermark and a line in the trail (GRD-28)."""
