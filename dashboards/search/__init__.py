"""One box that finds anything that the person may read, by name, number, amount or what was written."""
