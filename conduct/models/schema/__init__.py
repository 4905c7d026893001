"""The schema dump: the tables as the migrations make them, restored into an empty database.

`make schema` makes `schema.sql` anew (`making`), `migrate` restores an empty database from it
(`restoring`) and goes on with what came after. `objects` lists what a database is made of, so that a
test can hold both ways of making one against each other.
"""
