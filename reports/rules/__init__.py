"""Pure rules of reporting: which periods a schedule has, and when each is due."""
