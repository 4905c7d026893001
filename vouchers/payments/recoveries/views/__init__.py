"""The pages of corrections after audit."""
