"""What is handed in for a milestone, in versions: read at named points, returned or accepted by two."""
