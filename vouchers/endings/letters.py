"""The letters about more time, rest and an early end, and the facts they state."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.queries.days import iso_day_of
from documents.kinds import ADDRESSEE, DocumentKind, Manner, Told, register
from vouchers.applications.letters import on_letterhead
from vouchers.assistance.letters import voucher_facts
from vouchers.awards.models import Succession
from vouchers.books.queries import head_facts

from .models import Ending, Extension, Suspension
from .permissions import may_read_of_voucher
from .queries import payable_milestones, to_release, under_way


def _kind(slug: str, title: Any, template: str) -> DocumentKind:
    return register(
        DocumentKind(
            slug=slug,
            title=title,
            template=f"letters/{template}.html",
            may_read=may_read_of_voucher,
            told=(
                ADDRESSEE,
                Told(_("Value of the voucher"), "amount", Manner.MONEY),
                Told(_("Valid until"), "until", Manner.DAY),
                Told(_("Ends on"), "ends_on", Manner.DAY),
                Told(pgettext_lazy("money", "Released"), "released", Manner.MONEY),
                Told(_("Representative"), "person", Manner.PERSON),
            ),
        )
    )


EXTENSION_LETTER = _kind("extension", _("Extension of the voucher"), "extension")
SUSPENSION_LETTER = _kind("suspension", _("Suspension of the voucher"), "suspension")
RESUMPTION_LETTER = _kind("resumption", _("Resumption of the voucher"), "suspension")
NOTICE_LETTER = _kind("ending-notice", _("Notice of the end of the voucher"), "ending")
ENDING_LETTER = _kind("ending", _("End of the voucher"), "ending")
SUCCESSION_LETTER = _kind("succession", _("Change of representative"), "succession")


def extension_facts(extension: Extension) -> dict[str, Any]:
    """The old and the new last day, why, and who decided."""
    return {
        **voucher_facts(extension.voucher),
        **on_letterhead(extension.voucher.award.application),
        "date": iso_day_of(extension.decided_at, extension.voucher.country.zone),
        "previous_end": extension.previous_end.isoformat(),
        "until": extension.until.isoformat(),
        "reason": extension.reason,
        "decided_by": str(extension.decided_by),
    }


def suspension_facts(suspension: Suspension) -> dict[str, Any]:
    """From when on the voucher rests, why, and until it is looked at again, or when it goes on."""
    zone = suspension.voucher.country.zone
    return {
        **voucher_facts(suspension.voucher),
        **on_letterhead(suspension.voucher.award.application),
        "date": iso_day_of(suspension.resumed_at or suspension.set_at, zone),
        "since": suspension.since.isoformat(),
        "review_on": suspension.review_on.isoformat(),
        "reason": suspension.reason,
        "resumed_on": suspension.resumed_on.isoformat() if suspension.resumed_on else "",
        "decided_by": str(suspension.resumed_by or suspension.set_by),
    }


def ending_facts(ending: Ending) -> dict[str, Any]:
    """When and why the voucher ends, what is still payable and until when, what is released (EUR)."""
    voucher = ending.voucher
    return {
        **voucher_facts(voucher),
        **on_letterhead(voucher.award.application),
        "date": iso_day_of(ending.done_at or ending.notice_at, voucher.country.zone),
        "kind": ending.kind,
        "kind_name": str(ending.get_kind_display()),
        "done": ending.state == Ending.State.DONE,
        "reason": ending.reason,
        "ends_on": ending.ends_on.isoformat(),
        "claims_until": ending.claims_until.isoformat() if ending.claims_until else "",
        "payable": [
            {"title": one.title, "amount": str(one.unclaimed)}
            for one in payable_milestones(voucher)
        ],
        "approved": str(voucher.approved),
        "claimed": str(under_way(voucher)),
        "released": str(to_release(voucher)),
        "ledger": head_facts(voucher.award.application.call),
        "decided_by": str(ending.decided_by or ending.proposed_by),
    }


def succession_facts(succession: Succession) -> dict[str, Any]:
    """Who acts for the cluster in place of whom, and since when."""
    return {
        **voucher_facts(succession.voucher),
        **on_letterhead(succession.voucher.award.application),
        "date": iso_day_of(succession.named_at, succession.voucher.country.zone),
        "before": str(succession.before),
        "person": str(succession.person),
        "since": succession.since.isoformat(),
        "reason": succession.reason,
    }
