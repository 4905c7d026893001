"""What each role looks at, read from the rooms below and scoped to who asks."""
