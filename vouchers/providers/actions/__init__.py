"""Every write about consultants and the accounts on which they are paid."""
