"""Scores and ranking of a call as files, and who took them."""
