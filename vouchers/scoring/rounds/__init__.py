"""The scoring round of a call: its opening, its days, its grid."""
