"""What the books say, without a database: accounts, kinds of entries, and how an entry is sealed."""
