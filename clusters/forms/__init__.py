"""What people type about clusters."""
