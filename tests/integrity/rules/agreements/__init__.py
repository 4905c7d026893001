"""Agreements: both signatures under them, and what both sides change in them later."""
