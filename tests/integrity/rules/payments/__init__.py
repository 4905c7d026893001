"""What the database refuses about claims, payments and the ledger."""
