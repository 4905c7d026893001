"""What assessors and those who assign them type."""
