"""Pure rules of delivery: hours, days and what is left of the plan."""
