"""Demonstration data: the six real clusters, and made-up ones that say so, told through actions."""
