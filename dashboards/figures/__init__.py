"""Figures that pages show, each with its question, its query and the list that shows the very same.

`kinds` is the registry; `queries` asks for many figures at once; `panels` makes tables and pictures.
"""
