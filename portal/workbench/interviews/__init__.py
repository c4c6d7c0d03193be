"""Screens of interviews: the plan, calling applicants, the guide, holding and comparing."""
