"""Pages of what the bank says."""
