"""Money: how long an account waits before it is paid to."""

from .environment import env

# How many days (of 24 hours) after it is verified money can be paid to a provider's account; 0: at once.
ACCOUNT_COOLING_DAYS = max(0, env.int("ACCOUNT_COOLING_DAYS", 3))
# Screening against the EU list of sanctions (vouchers/screening), in per cent of likeness: from which
# on a name is shown to people (at most 92; spellings of one Latin name lie between 83 and 88), and
# from which on two of them decide that it is somebody else (at most 97).
SCREENING_THRESHOLD = min(92, max(60, env.int("SCREENING_THRESHOLD", 85)))
SCREENING_TWO_PEOPLE_FROM = min(97, max(60, env.int("SCREENING_TWO_PEOPLE_FROM", 95)))
# Who stands screened is screened again after so many days, even against the same list.
SCREENING_RENEWED_AFTER_DAYS = max(1, env.int("SCREENING_RENEWED_AFTER_DAYS", 30))
