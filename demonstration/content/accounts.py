"""Bank accounts that are valid and do not exist."""

from clusters.models.account_numbers import rib_key


def bank_account(country: str, number: int) -> str:
    """A valid account that does not exist: an IBAN for LB and TN, a RIB for MA."""
    if country == "MA":
        digits = f"007780{number:016d}"
        return digits + rib_key(digits)
    if country == "TN":
        digits = f"10006{number:013d}"
        return f"TN59{digits}{rib_key(digits)}"
    digits = f"0999{number:020d}"
    check = 98 - int(f"{digits}211100") % 97
    return f"LB{check:02d}{digits}"
