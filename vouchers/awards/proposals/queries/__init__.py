"""Reads of large proposals."""
