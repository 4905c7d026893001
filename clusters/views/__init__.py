"""The pages about clusters, by topic."""
