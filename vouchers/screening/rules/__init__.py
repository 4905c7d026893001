"""What a list of sanctions says, and who is called like somebody on it: no Django, no record."""
