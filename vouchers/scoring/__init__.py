"""Scoring, in sub-rooms: rules, rounds, assessing, consensus, offline, ranking and what follows."""
