"""What the portal stands on while it runs on one machine: environment, database, front-end build, processes, mail sink."""
