"""What a provider does by its personal link, without an account: logs sessions, hands in."""
