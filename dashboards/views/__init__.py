"""Pages of what each role looks at."""
