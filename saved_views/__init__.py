"""Views of lists that people keep under a name: their filters and order, private or shared in a role.

A view is an address, never a scope: whoever opens one reads what they may read of that list. The room
knows no list: `lists.views.ListPage` asks it before it answers, and a bar above the rows shows it.
"""
