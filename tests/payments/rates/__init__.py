"""What exchange rates are, where they come from, and whose month counts."""
