"""Every write of a provider by its link, and about the link."""
