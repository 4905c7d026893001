"""What is set off against which payment, without a database."""
