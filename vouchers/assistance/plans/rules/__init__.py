"""Pure rules of plans: what was typed and what it means, sums, warnings, and what changed."""
