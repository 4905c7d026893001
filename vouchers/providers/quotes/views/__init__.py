"""Pages of requests for quotes."""
