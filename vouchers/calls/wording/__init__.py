"""What is said of a call, in words of the active language. No queries."""
