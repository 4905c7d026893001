"""Whether an account can be: its length in its country, and its control digits."""

from __future__ import annotations

import re

import schwifty

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
# Morocco is not in the registry of IBANs (v101): an account there is its RIB.
RIB_LENGTHS = {"MA": 24}


def is_iban(number: str) -> bool:
    """Whether the account is written as an IBAN, right or wrong."""
    return bool(re.match(r"[A-Z]{2}", number))


def country_of(number: str) -> str:
    """The country (ISO code) in which an account lies; empty where its number does not tell."""
    if is_iban(number):
        return number[:2]
    return next((code for code, length in RIB_LENGTHS.items() if len(number) == length), "")


def iban_length(country: str) -> int:
    """How long an IBAN of a country is, by the registry that schwifty carries; 0 where it has none."""
    try:
        return int(schwifty.registry.get_iban_spec(country).iban_length)
    except schwifty.exceptions.SchwiftyException:
        return 0


def problem_of_account(number: str) -> str:
    """What is wrong with an account: `form`, `length` or `key`; empty where nothing is.

    An IBAN has the length of its country and check digits that leave 1 (ISO 7064, modulo 97); those of
    Tunisia end with the key of their RIB, and so does the Moroccan RIB of 24 digits.
    """
    if not is_iban(number):
        if not number.isdecimal() or not number.isascii():
            return "form"
        if len(number) not in RIB_LENGTHS.values():
            return "length"
        return "" if _has_its_key(number) else "key"
    if number[:2] in RIB_LENGTHS or not _IBAN.fullmatch(number):
        return "form"
    if len(number) != iban_length(number[:2]):
        return "length"
    moved = number[4:] + number[:4]
    if int("".join(str(int(sign, 36)) for sign in moved)) % 97 != 1:
        return "key"
    if number[:2] == "TN" and not (number[4:].isdecimal() and _has_its_key(number[4:])):
        return "key"
    return ""


def is_bic(code: str) -> bool:
    """Whether the code has the form of a BIC (ISO 9362)."""
    return bool(_BIC.fullmatch(code))


def _has_its_key(rib: str) -> bool:
    """The last two digits are 97 less (those before, × 100) modulo 97."""
    return 97 - int(rib[:-2]) * 100 % 97 == int(rib[-2:])
