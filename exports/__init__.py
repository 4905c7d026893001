"""Tables as files: what a column holds is said once, for CSV and XLSX alike. Knows no record."""
