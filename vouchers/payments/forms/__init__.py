"""What clusters and finance officers type about money."""
