"""Input about batches and profiles, to clean values."""
