"""Pure rules of eligibility: neither Django nor a record."""
