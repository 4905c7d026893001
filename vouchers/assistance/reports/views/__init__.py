"""Pages of final reports: writing, reading, deciding, files, publication."""
