"""What rooms show on the pages of rooms below them."""
