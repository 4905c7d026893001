"""Pages of needs assessment, plan, deliverables, providers and the final report."""
