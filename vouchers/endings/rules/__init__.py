"""Pure rules of extensions and early ends; they know no record."""
