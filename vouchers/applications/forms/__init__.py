"""What people type about an application."""
