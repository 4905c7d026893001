"""Bank accounts as they are written in the programme's countries."""

import re
import warnings

import schwifty
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from inputs.rules.marks import plain_line

MOROCCAN_RIB = re.compile(r"[0-9]{24}")
# A BIC may begin with these letters itself, an account never does.
_WORD_BEFORE = re.compile(
    r"^ ?(?:(?:IBAN|RIB)\b[ :.=-]*|IBAN(?=[A-Z]{2}[0-9]{2})|(?:BIC|SWIFT)[ :=]+)+"
)
TUNISIAN_RIB = re.compile(r"[0-9]{20}")
# Length of an IBAN, by the registry (v101). Morocco is not in it.
IBAN_LENGTHS = {"LB": 28, "TN": 24}
# Where banks write an account without letters.
RIB_COUNTRIES = ("MA", "TN")


def normalised(account: str) -> str:
    """The account itself: letters in capitals, digits of any script as 0 to 9.

    Without blanks, dashes, marks that nobody sees, and the word before it ("IBAN:", "RIB"), which
    comes along when an account is copied from a letter.
    """
    line = _WORD_BEFORE.sub("", plain_line(account).upper())
    return re.sub(r"[ .-]", "", line)


def rib_key(digits: str) -> str:
    """The two control digits after `digits`: 97 less (digits × 100 modulo 97).

    The rule holds for the Tunisian RIB (over 18 digits) and the Moroccan (over 22).
    """
    return f"{97 - int(digits) * 100 % 97:02d}"


def account_of(country: str, account: str) -> str:
    """The account as it is kept, for a cluster in `country` (ISO code).

    LB and TN: the IBAN, which a Tunisian RIB of 20 digits is turned into; MA: the RIB of 24 digits.
    Raises ValidationError that names what is wrong: country, length, letters or key.
    """
    number = normalised(account)
    if not number:
        raise ValidationError(_("Write the account."))
    if country == "MA":
        return _moroccan(number)
    if country == "TN" and number.isdecimal():
        return _from_tunisian_rib(number)
    _require_iban(country, number)
    return number


def country_of_account(account: str) -> str:
    """The ISO code of the country in which the account lies; empty where that cannot be told.

    An IBAN says which; 24 digits are a Moroccan RIB, 20 a Tunisian.
    """
    number = normalised(account)
    if re.match(r"[A-Z]{2}", number):
        return number[:2]
    if MOROCCAN_RIB.fullmatch(number):
        return "MA"
    return "TN" if TUNISIAN_RIB.fullmatch(number) else ""


def bic_of(country: str, bic: str) -> str:
    """The BIC as it is kept; empty where none is given.

    Raises ValidationError when it is none, or that of a bank in another country.
    """
    code = normalised(bic)
    if not code:
        return ""
    try:
        found = schwifty.BIC(code)
    except schwifty.exceptions.SchwiftyException as error:
        raise ValidationError(
            _("A BIC has 8 or 11 letters and digits, such as BLOMLBBX: check it for a slip.")
        ) from error
    if found.country_code != country:
        raise ValidationError(
            _("This BIC belongs to a bank in another country (%(country)s)."),
            params={"country": found.country_code},
        )
    return code


def _moroccan(number: str) -> str:
    if number[:2] == "MA" and number[2:].isdecimal():
        raise ValidationError(
            _("Morocco has no IBAN. Write the RIB of 24 digits, without letters before it.")
        )
    if re.match(r"[A-Z]{2}", number):
        raise ValidationError(
            _("This is an account in another country (%(country)s). Write the Moroccan RIB."),
            params={"country": number[:2]},
        )
    if not number.isdecimal():
        raise ValidationError(_("A Moroccan RIB has digits only."))
    if len(number) != 24:
        raise ValidationError(
            _("A Moroccan RIB has exactly 24 digits; these are %(number)s."),
            params={"number": len(number)},
        )
    if rib_key(number[:22]) != number[22:]:
        raise ValidationError(
            _("The last two digits (the key) do not fit the others: check the RIB for a slip.")
        )
    return number


def _from_tunisian_rib(number: str) -> str:
    if len(number) != 20:
        raise ValidationError(
            _(
                "A Tunisian RIB has exactly 20 digits; these are %(number)s. You can also write the "
                "IBAN, which begins with TN59."
            ),
            params={"number": len(number)},
        )
    if rib_key(number[:18]) != number[18:]:
        raise ValidationError(
            _("The last two digits (the key) do not fit the others: check the RIB for a slip.")
        )
    # A RIB with the right key always gives the same check digits.
    return f"TN59{number}"


def _require_iban(country: str, number: str) -> None:
    if not re.match(r"[A-Z]{2}", number):
        raise ValidationError(
            _("Write the IBAN, which begins with %(country)s."), params={"country": country}
        )
    if number[:2] != country:
        raise ValidationError(
            _(
                "This is an account in another country (%(found)s). The account must be in the "
                "country of the cluster (%(country)s)."
            ),
            params={"found": number[:2], "country": country},
        )
    length = IBAN_LENGTHS.get(country)
    if length and len(number) != length:
        raise ValidationError(
            _("An IBAN of this country has exactly %(length)s characters; these are %(number)s."),
            params={"length": length, "number": len(number)},
        )
    try:
        _parsed(number)
    except (
        schwifty.exceptions.InvalidChecksumDigits,
        schwifty.exceptions.InvalidBBANChecksum,
    ) as error:
        raise ValidationError(
            _("The check digits do not fit the others: check the IBAN for a slip.")
        ) from error
    except schwifty.exceptions.SchwiftyException as error:
        raise ValidationError(
            _("This is not an IBAN: letters stand where digits belong, or the other way round.")
        ) from error
    if country == "TN" and rib_key(number[4:22]) != number[22:]:
        raise ValidationError(
            _("The last two digits (the key) do not fit the others: check the RIB for a slip.")
        )


def _parsed(number: str) -> schwifty.IBAN:
    with warnings.catch_warnings():
        # It warns where a country has no check of its own besides the IBAN's; ours is above.
        warnings.simplefilter("ignore")
        return schwifty.IBAN(number)
