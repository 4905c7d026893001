"""What finance officers type about the bank's answers."""
