"""The fields of history in words: what a field is called, and its values as people read them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.encoding import force_str
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from i18nfield.fields import I18nCharField, I18nTextField

_FOR_THE_MACHINE = re.compile(
    r"(_by|_at|_since|sha256|content_type|_?size|version|_number|^number|slug|key|object_id|offset|"
    r"target|attempts|last_error|^position|^folder|^code|_type|^token|^search(ed|able)|^(done|total|run)|"
    r"letters_follow)$"
)

Related = dict[type[models.Model], dict[Any, models.Model]]


def is_told(changed: Any) -> bool:
    """Whether people read of a change of this field.

    Who did something and when is said by the line of the action; versions, hashes and the like serve
    the machine alone. None stands for a field that the model has no longer.
    """
    return changed is not None and not _FOR_THE_MACHINE.search(changed.name)


def label_of(changed: Any) -> str:
    """What people call a field, in the active language; a reference is called like what it refers to."""
    name = changed.verbose_name
    if isinstance(changed, models.ForeignKey) and not isinstance(name, Promise):
        name = changed.related_model._meta.verbose_name
    return str(name)


def field_behind(model: type[models.Model], name: str) -> Any:
    """The field behind a column of an event; None when the model has it no longer."""
    try:
        return model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return None


def shown(changed: Any, value: Any, related: Related) -> str:
    """A value of an event, which holds plain JSON, as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(changed, models.ForeignKey):
        return str(related[changed.related_model].get(value, value))
    if isinstance(changed, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(changed, models.DecimalField):
        exact = Decimal(str(value)).quantize(Decimal(10) ** -changed.decimal_places)
        return number_format(_without_idle_noughts(exact), force_grouping=True)
    if isinstance(changed, models.DateTimeField):
        return date_format(localtime(datetime.fromisoformat(value)), "SHORT_DATETIME_FORMAT")
    if isinstance(changed, models.DateField):
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if isinstance(changed, I18nCharField | I18nTextField):
        return str(changed.to_python(value))
    if isinstance(changed, models.FileField):
        return _("a file")
    if isinstance(value, list | dict):
        number = len(value)
        return ngettext("%(number)s entry", "%(number)s entries", number) % {"number": number}
    labels = dict(getattr(changed, "flatchoices", None) or [])
    return force_str(labels.get(value, value))


def _without_idle_noughts(exact: Decimal) -> Decimal:
    """The number without the noughts at its end, but those of two decimals: 5400.000 is 5400.00."""
    whole: Any = exact.normalize().as_tuple().exponent
    kept: Any = exact.as_tuple().exponent
    return exact.quantize(Decimal(10) ** min(max(whole, kept), -2)) if kept < -2 else exact
