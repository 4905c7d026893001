"""Pages of a provider by its link, and those of who sends it."""
