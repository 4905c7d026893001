"""Pure rules of quotes: neither Django nor a record."""
