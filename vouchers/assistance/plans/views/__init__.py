"""Pages of plans: writing, reading, deciding, comparing, amending."""
