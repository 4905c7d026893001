"""What a bank's files say, and which payment a line is. Pure: neither Django nor a record."""
