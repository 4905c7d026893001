"""What partners and clusters type about technical assistance."""
