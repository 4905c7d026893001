"""What clusters type about invoices and their lines."""
