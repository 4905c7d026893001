"""Letters, their texts, and the messages that carry them."""
