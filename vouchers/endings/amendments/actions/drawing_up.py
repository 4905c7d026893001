"""Drawing an amendment up: what it changes, why, and by when the cluster signs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, require_words
from conduct.queries.days import today
from documents.wording import day
from vouchers.awards.models import Voucher
from vouchers.endings.actions.extending import require_within
from vouchers.endings.actions.telling import everybody, tell
from vouchers.endings.amendments.models import AmendedArticle, Amendment
from vouchers.endings.amendments.permissions import may_draw_up
from vouchers.endings.amendments.queries import (
    MOST_DAYS_TO_SIGN,
    articles_now,
    basis_of_amendment,
    extension_to_sign,
    next_number,
)
from vouchers.endings.amendments.queries.amendable import why_not_amended
from vouchers.endings.rules.articles import KEPT_BY_THE_PORTAL


@dataclass(frozen=True)
class AmendmentTerms:
    """What is drawn up: `articles` says by number what stands from then on, in the signed language.

    `basis` is what the page showed (`basis_of_amendment`), None where no page was read.
    """

    reason: str
    sign_by: date
    articles: Mapping[int, str] = field(default_factory=dict)
    basis: str | None = None


@action(gettext_lazy("Amendment drawn up"))
def draw_up_amendment(voucher: Voucher, terms: AmendmentTerms, *, by: User) -> Amendment:
    """Write down what both sides are to sign; the cluster and its officers are told.

    More time that was agreed to for the voucher is a part of it by itself. Raises OutOfOrder unless
    both sides signed the agreement, it holds, its voucher goes on, no other amendment is open, and
    another coordinator is left to counter-sign; Refused (beside its field) without a
    reason, where nothing would change, for an article that the portal keeps, a day to sign that is
    past or far away, and where something else stands by now than the page showed.
    """
    voucher = judged(
        voucher,
        may_draw_up,
        by=by,
        states=[Voucher.State.ACTIVE, Voucher.State.SUSPENDED],
        otherwise=_("A coordinator draws up an amendment."),
    )
    why_not = why_not_amended(voucher, by)
    if why_not:
        raise OutOfOrder(why_not)
    require_words(terms.reason, _("Say why the agreement is amended."), field="reason")
    _require_day(terms.sign_by, voucher)
    if terms.basis is not None and terms.basis != basis_of_amendment(voucher):
        raise Refused(
            _("The agreement changed since you opened this page. Please read it again below.")
        )
    extension = extension_to_sign(voucher)
    if extension is not None:
        require_within(voucher, extension.until)
    language, standing = articles_now(voucher)
    changed = _changed(terms.articles)
    if extension is None and not changed:
        raise Refused(_("Nothing changes yet: write what stands in an article from now on."))
    with constraints_of(Amendment):
        amendment = Amendment.objects.create(
            voucher=voucher,
            number=next_number(voucher),
            extension=extension,
            reason=terms.reason,
            language=language,
            sign_by=terms.sign_by,
            drawn_up_by=by,
        )
    texts = {one.number: one for one in standing}
    for number, stands in changed.items():
        if number not in texts or number in KEPT_BY_THE_PORTAL:
            raise Refused(_("This article is not changed by other words."))
        with constraints_of(AmendedArticle):
            AmendedArticle.objects.create(
                amendment=amendment,
                number=number,
                heading=texts[number].heading,
                stood=texts[number].text,
                stands=stands,
            )
    tell(
        everybody(voucher),
        "amendment-to-sign",
        voucher,
        but=by,
        about=amendment,
        number=amendment.number,
        reason=amendment.reason,
        day=amendment.sign_by.isoformat(),
    )
    return amendment


def _changed(articles: Mapping[int, str]) -> dict[int, str]:
    return {number: text.strip() for number, text in articles.items() if text.strip()}


def _require_day(sign_by: date, voucher: Voucher) -> None:
    now = today(voucher.country.zone)
    latest = now + timedelta(days=MOST_DAYS_TO_SIGN)
    if sign_by < now:
        raise Refused(_("This day is past: choose one from today on."), field="sign_by")
    if sign_by > latest:
        raise Refused(
            _("The last day that can be chosen is %(day)s.") % {"day": day(latest)}, field="sign_by"
        )
