"""What must be done on a case, by whom and by when: plans and their templates, tasks, absences, forecasts, job analyses."""
