"""What narrows a list; it lives in the address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from conduct.forms import DayInput

# Days of which a list can know something; others are slips, and no clock reaches them.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


class FilterDay(forms.DateField):
    """A day from which or until which a list is narrowed, in the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=DayInput(),
            required=False,
            validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
            **kwargs,
        )


class FilterForm(forms.Form):
    """The filters of a list. What cannot be read narrows nothing, and says so beside its field."""

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen and can be read, by the name of the field."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    @property
    def is_narrowing(self) -> bool:
        """Whether any filter is in use."""
        return bool(self.chosen)
