"""Pages of who answers by a link, and of those who read the answers."""
