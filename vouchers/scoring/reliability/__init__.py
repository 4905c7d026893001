"""How far a ranking can be relied on: studies, scenarios, and why a result is what it is."""
