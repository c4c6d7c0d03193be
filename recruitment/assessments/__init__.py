"""What people think of applications: ratings, comments, icons, the chair's ranking, and that everybody was assessed."""
