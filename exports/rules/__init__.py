"""What a table and its cells are. Knows neither Django nor a record."""
