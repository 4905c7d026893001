"""What every step of the assistance shares."""
