"""Whether an application may be scored: the partner's checklist, clarifications and hints."""
