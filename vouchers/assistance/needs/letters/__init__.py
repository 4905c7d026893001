"""What a needs assessment sends out: entries for calendars."""
