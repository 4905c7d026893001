"""Pages of payment batches."""
