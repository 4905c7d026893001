"""The pages of assessors, and of those who assign them."""
