"""Pure rules of money: neither Django nor a record."""
