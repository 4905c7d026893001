"""Pure rules of the correspondence: neither Django nor a record."""
