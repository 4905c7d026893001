"""One page for every list: search, filters, order, pages, and the export of exactly that view.

A room declares a list (`views.ListPage`) with its filters (`forms.ListFilters`) and the columns of its
export; what is shown of a row is a template of the room. Knows no record of its own.
"""
