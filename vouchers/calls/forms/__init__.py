"""What a coordinator types about a call, by topic."""
