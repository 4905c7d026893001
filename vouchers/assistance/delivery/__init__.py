"""What experts did: the sessions of technical assistance, against the days of the plan."""
