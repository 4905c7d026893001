"""What people type about the ledger, and what its lists are narrowed to."""
