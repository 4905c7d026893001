"""Pure rules of claims: neither Django nor a record."""
