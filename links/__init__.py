"""Personal links: what somebody without an account reads and does, by a link that was mailed to them.

docs/links.md says how a room comes by one.
"""
