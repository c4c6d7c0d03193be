"""Who may: permissions, nine roles, one table of rights, seats, and the two questions `visible` and `require`."""
