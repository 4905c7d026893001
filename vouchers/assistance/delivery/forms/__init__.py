"""What people type about sessions."""
