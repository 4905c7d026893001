"""Pages of meetings, and the calendars that programs fetch."""
