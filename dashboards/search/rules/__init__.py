"""What is asked for, and where it stands in a text. Pure: no Django, no models."""
