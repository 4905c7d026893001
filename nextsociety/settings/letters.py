"""Letters: what the funder asks to be said on them, and where the coordination team sits."""

from environs import validate

from .environment import env

# Whether the European Union pays all of it, or a part: "funded" or "co-funded" stands beside the emblem.
FUNDING = env.str("FUNDING", "funded", validate=validate.OneOf(["funded", "co-funded"]))
# The address on letters that the coordination team signs, its lines separated by semicolons.
COORDINATION_ADDRESS = [
    line.strip() for line in env.str("COORDINATION_ADDRESS", "").split(";") if line.strip()
]
