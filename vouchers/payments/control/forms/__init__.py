"""What people type about controls, policies and checklists."""
