"""Pages of needs assessment, deliverables, providers and the final report."""
