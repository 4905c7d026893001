"""Parts of pages as data: the menu, the bars of the charts."""
