"""Money: the accounts that the programme pays from."""

from .environment import env

# How many days (of 24 hours) after it is verified money can be paid to a provider's account; 0: at once.
ACCOUNT_COOLING_DAYS = max(0, env.int("ACCOUNT_COOLING_DAYS", 3))
# The accounts that the programme pays from, as finance officers name them; the first is the usual
# one. A bank's reference is unique within its account.
PAYING_ACCOUNTS = [
    name.strip() for name in env.list("PAYING_ACCOUNTS", ["Programme account"]) if name.strip()
] or ["Programme account"]
