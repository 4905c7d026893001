"""Corrections after audit, and how their money comes back: received, set off, or waived, in parts."""
