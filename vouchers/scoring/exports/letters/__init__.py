"""The files of an export: tables, spreadsheet, the anonymised set."""
