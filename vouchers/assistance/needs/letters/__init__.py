"""What a needs assessment sends out: entries for calendars, and the record of what was found."""
