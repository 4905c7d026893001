"""Pages of the eligibility check: the checklist, clarifications, hints."""
