"""Reads of the history of all rooms: its traces, the pages of it, and what each event changed."""
