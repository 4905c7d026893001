"""What people type about what is handed in."""
