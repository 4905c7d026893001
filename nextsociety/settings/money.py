"""Money: how long an account waits before it is paid to."""

from .environment import env

# How many days (of 24 hours) after it is verified money can be paid to a provider's account; 0: at once.
ACCOUNT_COOLING_DAYS = max(0, env.int("ACCOUNT_COOLING_DAYS", 3))
