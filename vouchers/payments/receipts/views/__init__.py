"""The page of a payee by its link, and those of staff."""
