"""Payment batches: proposed, authorised, exported, booked, given back."""
