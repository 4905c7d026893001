"""What a call says of the time after the award, by topic: each a part of the call's own table."""
