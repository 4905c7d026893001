"""The kinds of work, by whose and by what they are about; `dashboards.queries.worklist` gathers them."""
