"""Form fields for what is typed as a number: each kind of number is a class of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from inputs.forms.widgets import NumberInput
from inputs.rules.numbers import (
    ANY_MONEY,
    MONEY,
    QUANTITY,
    RATE,
    SHARE,
    WHOLE,
    NotTheNumber,
    Shape,
    read_number,
    read_year,
)
from inputs.wording import what_is_wrong

# As many as the database's usual whole number holds.
MOST_WHOLE = 2_147_483_647


class MoneyField(forms.DecimalField):
    """An amount of money with at most two decimals; the clean value is a Decimal."""

    shape: ClassVar[Shape] = MONEY

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", NumberInput(self.shape))
        super().__init__(**options)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        return _read(str(value), self.shape) if not isinstance(value, Decimal) else value


class AnyMoneyField(MoneyField):
    """An amount in a currency that may have thousandths; what could be either is asked."""

    shape = ANY_MONEY


class QuantityField(MoneyField):
    """An amount of anything else."""

    shape = QUANTITY


class RateField(MoneyField):
    """A rate of exchange: a mark alone before three digits is its decimal mark."""

    shape = RATE


class ShareField(MoneyField):
    """A weight, a percentage, a score: small, with at most two decimals."""

    shape = SHARE


class WholeField(forms.IntegerField):
    """A whole number; the clean value is an int within what the database holds."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", NumberInput(WHOLE))
        if options.get("max_value") is None:
            options["max_value"] = MOST_WHOLE
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        return value if isinstance(value, int) else int(_read(str(value), WHOLE))


class YearField(WholeField):
    """A year of four digits; the clean value is an int."""

    def __init__(self, **options: Any) -> None:
        attrs = {"dir": "ltr", "autocomplete": "off", "inputmode": "numeric"}
        options.setdefault("widget", forms.TextInput(attrs))
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return value or None
        year = read_year(str(value))
        if year is None and str(value).strip():
            raise ValidationError(_("This is not a year, such as 2021."), code="invalid")
        return year


def _read(text: str, shape: Shape) -> Any:
    try:
        return read_number(text, shape)
    except NotTheNumber as problem:
        raise ValidationError(what_is_wrong(problem), code="invalid") from problem
