"""What people type about the link of a provider at work."""
