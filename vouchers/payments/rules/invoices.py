"""When two numbers, of invoices or of payments, are the same though they are written differently."""

from __future__ import annotations

import unicodedata


def key_of(number: str) -> str:
    """The number as it is compared: letters and digits alone, however it was typed.

    Compatibility forms are folded (NFKC), digits of any script become 0 to 9, letters lower case;
    blanks, dashes, points, slashes and invisible signs go: "INV 12", "inv-12" and "INV\\u200b١٢" are
    one number. Empty where nothing is left.
    """
    folded = unicodedata.normalize("NFKC", number).casefold()
    return "".join(_plain(sign) for sign in unicodedata.normalize("NFKC", folded))


def _plain(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    if value is not None:
        return str(value)
    return sign if unicodedata.category(sign)[0] in "LN" else ""
