"""What people type about corrections and what comes back of them."""
