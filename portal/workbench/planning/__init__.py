"""Screens of planning: the plan of a case, tasks across cases, templates, job analyses."""
