"""Money: the accounts that the programme pays from."""

from .environment import env

# The accounts that the programme pays from, as finance officers name them; the first is the usual
# one. A bank's reference is unique within its account.
PAYING_ACCOUNTS = [
    name.strip() for name in env.list("PAYING_ACCOUNTS", ["Programme account"]) if name.strip()
] or ["Programme account"]
