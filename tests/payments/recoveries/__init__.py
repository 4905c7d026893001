"""Corrections after audit: decided by two, recovered in parts, set off against payments."""
