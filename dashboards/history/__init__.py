"""The history of all rooms, searched by person, record and period: who did what, when, and why."""
