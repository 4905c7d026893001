"""Pages on which a claim is written, and the files of its invoices."""
