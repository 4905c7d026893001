"""What follows from figures and days alone: pure functions, without records or pages."""
