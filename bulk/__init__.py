"""What is done to several rows of a list at one press, each by the action that does it to one.

A room registers what it offers (`kinds.BulkAction`), and its list shows boxes and buttons. Which rows
were meant is frozen when they are chosen; a page says what will happen to how many; one press has a
worker do it row by row, each in a transaction of its own, and the same page says what became of each.
Knows no record.
"""
