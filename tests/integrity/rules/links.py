"""Personal links of people without an account."""

from .statements import CANNOT_DELETE, another, change, delete, heading, rule

heading("Personal links")
rule(
    "Once a link is mailed, nothing is left of which its secret could be made.",
    change("vouchers_providerlink", "provider_link", "mailed_at = now()"),
    "forgets_its_secret",
)
rule(
    "A link goes to one address for good.",
    change("vouchers_providerlink", "provider_link", "email = 'other@example.org'"),
    "never changes",
)
rule(
    "Its secret is not exchanged under it.",
    change("vouchers_providerlink", "provider_link", f"digest = '{'0' * 64}'"),
    "never changes",
)
rule(
    "One link stands for a provider.",
    another("vouchers_providerlink", "provider_link", digest="0" * 64),
    "one_link_stands_for_a_provider",
)
rule(
    "It is ended, and never deleted.",
    delete("vouchers_providerlink", "provider_link"),
    CANNOT_DELETE,
)
