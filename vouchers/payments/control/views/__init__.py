"""Pages of controls, policies and checklists."""
