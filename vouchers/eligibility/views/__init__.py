"""Pages of the eligibility check: the checklist, clarifications, possible duplicates."""
