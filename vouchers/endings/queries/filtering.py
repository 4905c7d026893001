"""Vouchers narrowed by how they end."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from vouchers.awards.models import Voucher
from vouchers.endings.models import Ending, Extension, UnusedWarning

from .unused import unused_vouchers, without_manager

ENDINGS = [
    ("extension", _("more time is asked for")),
    ("extended", _("extended")),
    ("proposed", _("an early end is proposed")),
    ("notice", _("under notice")),
    ("warned", _("warned, since nobody uses it")),
    ("no_manager", _("the cluster has no manager")),
    *Ending.Kind.choices,
]


def with_ending(vouchers: QuerySet[Voucher], which: str) -> QuerySet[Voucher]:
    """Those of the vouchers for which one of ENDINGS holds."""
    if which == "no_manager":
        return without_manager(vouchers)
    of_voucher = {"voucher": OuterRef("pk")}
    if which == "warned":
        warned = UnusedWarning.objects.filter(**of_voucher)
        return vouchers.filter(Exists(warned), pk__in=unused_vouchers().order_by().values("pk"))
    if which in Ending.Kind:
        ended = Ending.objects.filter(**of_voucher, kind=which, state=Ending.State.DONE)
        return vouchers.filter(Exists(ended))
    extensions, endings = (model.objects.filter(**of_voucher) for model in (Extension, Ending))
    found = {
        "extension": extensions.filter(state__in=Extension.OPEN),
        "extended": extensions.filter(state=Extension.State.GRANTED),
        "proposed": endings.filter(state=Ending.State.PROPOSED),
        "notice": endings.filter(state=Ending.State.NOTICE),
    }[which]
    return vouchers.filter(Exists(found))
