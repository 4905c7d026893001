"""Pure rules of deliverables: whose turn it is, and how long it may take."""
