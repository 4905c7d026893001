"""Bank accounts as they are written in the programme's countries."""

import re

import schwifty
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOROCCAN_RIB = re.compile(r"\d{24}")


def normalised(account: str) -> str:
    """The account without blanks and dashes, letters in capitals."""
    return re.sub(r"[\s.-]", "", account).upper()


def rib_key(digits: str) -> str:
    """The two control digits after `digits`: 97 less (digits × 100 modulo 97).

    The rule holds for the Tunisian RIB (over 18 digits) and the Moroccan (over 22).
    """
    return f"{97 - int(digits) * 100 % 97:02d}"


def validate_bank_account(account: str) -> None:
    """Raise ValidationError unless `account` is a valid IBAN or Moroccan RIB (24 digits).

    Morocco is not in the IBAN registry (v101); its banks take exactly 24 digits.
    """
    number = normalised(account)
    if MOROCCAN_RIB.fullmatch(number):
        if rib_key(number[:22]) != number[22:]:
            raise ValidationError(_("The last two digits do not fit: check the RIB for a slip."))
        return
    if number.isdigit():
        raise ValidationError(_("A Moroccan RIB has exactly 24 digits."))
    try:
        schwifty.IBAN(number)
    except schwifty.exceptions.SchwiftyException as error:
        raise ValidationError(_("This is not a valid IBAN: check it for a slip.")) from error
