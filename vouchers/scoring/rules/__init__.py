"""The rules of scoring as pure functions: they know neither Django nor a record."""
