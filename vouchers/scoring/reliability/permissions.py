"""Who may ask for a study of a ranking."""

from accounts.permissions import is_coordinator

# Severity and stability name assessors and clusters of every country.
may_study_ranking = is_coordinator
