"""Turning a refusal of the domain into something that a person can read."""
