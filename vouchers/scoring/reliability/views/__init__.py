"""How far a ranking can be relied on: statistics, 'what if', and 'why this result?'."""
