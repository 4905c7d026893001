"""Reads of decision dossiers, and what they hold."""
