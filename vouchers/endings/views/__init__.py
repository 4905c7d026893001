"""Pages of extensions, suspensions and early ends."""
