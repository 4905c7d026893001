"""The codes that a payment message may bear, as published by ISO 20022 and the EPC."""

from __future__ import annotations

import re

# Of the ISO 20022 external code set ExternalPurpose1Code (iso20022.org, "External code sets"), those
# under which a programme pays consultants; with their English names there. Held, like the service levels,
# against github.com/TransactionAuthorizationProtocol/iso20022-external-code-sets (first quarter of 2025).
PURPOSES = {
    "SCVE": "PurchaseSaleOfServices",
    "SUPP": "SupplierPayment",
    "GDSV": "PurchaseSaleOfGoodsAndServices",
    "ADVA": "AdvancePayment",
    "COMM": "Commission",
    "GOVT": "GovernmentPayment",
    "OTHR": "Other",
}
# ISO 20022 ChargeBearerType1Code.
CHARGE_BEARERS = ("SHAR", "DEBT", "CRED", "SLEV")
# ISO 20022 ExternalServiceLevel1Code, as far as a programme asks for one.
SERVICE_LEVELS = ("", "SEPA", "NURG", "URGP")
# The geographical scope of the SEPA schemes, by country code of the account: the 41 countries, and
# Gibraltar, of EPC409-09 v8.0 (24 December 2025), as several public lists that name it have them.
_SEPA = """
    AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL
    PT RO RS SE SI SK SM VA
"""
SEPA_COUNTRIES = frozenset(_SEPA.split())

# Of every identifier and, in the basic set, of every text: the letters that all banks take (EPC217-08).
BASIC, LATIN = "basic", "latin"
_BASIC = r"A-Za-z0-9/?:().,'+ \-"
CHARACTERS = {
    BASIC: re.compile(rf"[{_BASIC}]*"),
    # With the accents of Latin-1 and Latin Extended-A, and the signs that names of firms have.
    LATIN: re.compile(rf"[{_BASIC}&_À-ÖØ-öø-ſ]*"),
}
# An identifier begins and ends with a letter or a digit, and has no two slashes together.
IDENTIFIER = re.compile(r"(?!.*//)[A-Za-z0-9](?:[A-Za-z0-9+?:().,'\-/ ]{0,33}[A-Za-z0-9])?")


def strangers(text: str, characters: str) -> str:
    """The signs of a text that are not of the character set, each once, in their order."""
    allowed = CHARACTERS[characters]
    return "".join(dict.fromkeys(sign for sign in text if not allowed.fullmatch(sign)))
