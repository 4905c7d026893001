"""What people type about quotes."""
