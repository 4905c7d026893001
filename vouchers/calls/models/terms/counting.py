"""Which participants of a session a call wants counted."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Who is counted among the participants of a session (vouchers/assistance/delivery), in the order of
# forms and tables; a session has a column of each name.
COUNTED = {
    "women": _("Women"),
    "young": _("Young people under 35"),
    "from_smes": _("People from SMEs"),
    "from_universities": _("People from universities"),
}
# The terms of a call that say of each whether it is counted.
COUNTS = tuple(f"count_{name}" for name in COUNTED)


class CountAsked(models.TextChoices):
    """Whether a count is asked for when a session is logged."""

    NO = "no", pgettext_lazy("a count of participants", "not asked")
    OPTIONAL = "optional", pgettext_lazy("a count of participants", "asked")
    REQUIRED = "required", pgettext_lazy("a count of participants", "required")


def _asked(name: str, default: CountAsked) -> models.CharField[Any, Any]:
    return models.CharField(
        COUNTED[name], max_length=8, choices=CountAsked.choices, default=default
    )


class Counting(models.Model):
    """What the sessions of a call count beside their participants."""

    count_women = _asked("women", CountAsked.OPTIONAL)
    count_young = _asked("young", CountAsked.OPTIONAL)
    count_from_smes = _asked("from_smes", CountAsked.NO)
    count_from_universities = _asked("from_universities", CountAsked.NO)

    class Meta:
        abstract = True

    def asks_for(self, name: str) -> CountAsked:
        """Whether the sessions of the call count those of this name of COUNTED."""
        return CountAsked(getattr(self, f"count_{name}"))

    @property
    def counted(self) -> list[str]:
        """The names of COUNTED that its sessions show, in their order."""
        return [name for name in COUNTED if self.asks_for(name) != CountAsked.NO]


COUNTS_ARE_KNOWN = models.CheckConstraint(
    condition=Q(**{f"{name}__in": CountAsked.values for name in COUNTS}),
    name="what_is_counted_is_known",
    violation_error_message=_("A count is not asked, asked or required."),
)

# Figures of sessions that count different things do not add up.
COUNTS_FIXED_ONCE_OPEN = pgtrigger.Trigger(
    name="counts_fixed_once_open",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.AnyChange(*COUNTS),
    func="""
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'The call is open: what its sessions count is fixed.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
