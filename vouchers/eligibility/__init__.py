"""Whether an application may be scored: checklist, clarifications, possible duplicates."""
