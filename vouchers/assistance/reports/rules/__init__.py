"""What a final report is made of, and how it is read and judged. Pure."""
