"""What a provider does by its link: saves, sends, replaces and takes back a quote.

Each runs within `by_link`: the database takes rows from whoever says what the link says, and from
nobody else. None tells anybody but the provider.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.actions import (
    OutOfOrder,
    Refused,
    TooLate,
    action,
    constraints_of,
    judged,
    locked,
    move,
    require_state,
)
from conduct.queries.clock import database_now
from conduct.queries.days import day_of
from documents.wording import figures, instant
from files.actions.inspection import inspect_upload
from vouchers.calls.models import Currency
from vouchers.providers.quotes.models import (
    Quote,
    QuoteFile,
    QuoteInvitation,
    QuoteLine,
    TermsOfReference,
)
from vouchers.providers.quotes.queries.sealing import by_link
from vouchers.providers.quotes.wording import sentence_on_currencies

from .lines import OfferedLine, counted_line

MOST_FILES = 10


@action(gettext_lazy("Quote saved"))
def save_quote(
    invitation: QuoteInvitation,
    *,
    link: str,
    lines: Sequence[OfferedLine],
    seen: str | None = None,
    **told: Any,
) -> Quote:
    """Keep a draft, however much of it is still missing, in place of the draft that stood.

    `told` holds approach, experience, valid_until and currency; `link` is what the link says; `seen`
    is the mark (`mark_of_draft`) of the draft that was shown. A draft is kept after the deadline too,
    so that nothing is lost, and until the quotes are opened. Raises Refused for a line that cannot be,
    and where another browser saved a draft meanwhile.
    """
    with by_link(link):
        invitation = judged(invitation, states=[QuoteInvitation.State.INVITED])
        require_currency(_require_asking(invitation), told.get("currency", Currency.EUR))
        quote = _draft_of(invitation)
        if seen is not None and seen != mark_of_draft(quote if quote.pk else None):
            raise Refused(
                _(
                    "The draft was saved in another window meanwhile, or by somebody else with this "
                    "link. Nothing is saved yet; what you typed is below: save it again to put it in "
                    "place of the other."
                )
            )
        if quote.pk:
            # Before the quote, whose currency changes with them.
            quote.lines.all().delete()
        for name, value in told.items():
            setattr(quote, name, value)
        quote.saved_at = timezone.now()
        quote.full_clean(validate_constraints=False)
        with constraints_of(Quote):
            quote.save()
        for position, line in enumerate(lines, start=1):
            _write_line(quote, position, line)
        return quote


@action(gettext_lazy("File of a quote added"))
def add_quote_file(invitation: QuoteInvitation, *, link: str, upload: UploadedFile) -> QuoteFile:
    """Add a curriculum vitae or profile to the draft. Raises Refused for what cannot be taken."""
    with by_link(link):
        invitation = judged(invitation, states=[QuoteInvitation.State.INVITED])
        terms = _require_asking(invitation)
        quote = _draft_of(invitation)
        if quote.pk is None:
            with constraints_of(Quote):
                quote.save()
        if quote.files.count() >= MOST_FILES:
            raise Refused(_("At most %(number)s files go with a quote.") % {"number": MOST_FILES})
        call = terms.voucher.award.application.call
        inspected = inspect_upload(upload, max_size=call.max_file_size, field="upload")
        return QuoteFile.objects.create(quote=quote, file=upload, **vars(inspected))


@action(gettext_lazy("File of a quote removed"))
def remove_quote_file(invitation: QuoteInvitation, *, link: str, file_pk: int) -> None:
    """Take a file out of the draft; where an earlier version has it too, it stays there."""
    with by_link(link):
        invitation = judged(invitation, states=[QuoteInvitation.State.INVITED])
        _require_asking(invitation)
        draft = Quote.objects.filter(invitation=invitation, state=Quote.State.DRAFT)
        QuoteFile.objects.filter(quote__in=draft, pk=file_pk).delete()


@action(gettext_lazy("Quote sent"))
def send_quote(invitation: QuoteInvitation, *, link: str) -> Quote:
    """Send the draft: it stands from now on, in place of an earlier one, and cannot be read.

    Judged by the database's clock once the terms are locked: what arrives at the deadline or after
    it raises TooLate, and stays a draft. Raises Refused where something is missing.
    """
    with by_link(link):
        invitation = judged(invitation, states=[QuoteInvitation.State.INVITED])
        terms = _require_asking(invitation)
        now = _require_in_time(terms)
        drafts = Quote.objects.filter(invitation=invitation, state=Quote.State.DRAFT)
        found = drafts.first()
        if found is None:
            raise OutOfOrder(_("There is no draft to send: this quote is sent already."))
        quote = locked(found)
        for problem in problems_of_quote(quote, terms, day_of(now, terms.country.zone)):
            raise Refused(problem)
        for standing in Quote.objects.filter(invitation=invitation, state=Quote.State.SENT):
            move(standing, Quote.State.REPLACED)
            standing.save()
        move(quote, Quote.State.SENT)
        quote.sent_at, quote.fingerprint = now, fingerprint_of(quote)
        with constraints_of(Quote):
            quote.save()
        return quote


@action(gettext_lazy("Quote withdrawn"))
def withdraw_quote(invitation: QuoteInvitation, *, link: str) -> Quote:
    """Take back the quote that stands, before the deadline; another one may be sent until then."""
    with by_link(link):
        invitation = judged(invitation, states=[QuoteInvitation.State.INVITED])
        _require_in_time(_require_asking(invitation))
        found = Quote.objects.filter(invitation=invitation, state=Quote.State.SENT).first()
        if found is None:
            raise OutOfOrder(_("No quote of yours stands: there is nothing to take back."))
        quote = locked(found)
        move(quote, Quote.State.WITHDRAWN)
        quote.save()
        return quote


@action(gettext_lazy("Quote begun anew"))
def revise_quote(invitation: QuoteInvitation, *, link: str) -> Quote:
    """A draft like the quote that stands, which stands until the draft is sent in its place."""
    with by_link(link):
        invitation = judged(invitation, states=[QuoteInvitation.State.INVITED])
        _require_in_time(_require_asking(invitation))
        draft = _draft_of(invitation)
        if draft.pk is None:
            draft.saved_at = timezone.now()
            with constraints_of(Quote):
                draft.save()
            _copy_standing(invitation, draft)
        return draft


def mark_of_draft(draft: Quote | None) -> str:
    """What tells a draft from the one before it; empty for none."""
    return draft.saved_at.isoformat() if draft is not None else ""


def require_currency(terms: TermsOfReference, currency: str) -> None:
    """Raise Refused (beside `currency`) for one in which the terms let nobody quote."""
    if currency not in terms.currencies:
        raise Refused(sentence_on_currencies(terms.currencies, currency), field="currency")


def problems_of_quote(quote: Quote, terms: TermsOfReference, today: date) -> list[str]:
    """What still keeps a quote from being sent, in sentences; `today` is the day in its country."""
    problems = []
    if not quote.lines.exists():
        problems.append(_("The quote has no line: say what it costs."))
    elif quote.total < 1:
        problems.append(
            _("The lines add up to %(total)s %(currency)s: write what the work costs.")
            % {"total": figures(quote.total), "currency": quote.currency}
        )
    if not quote.approach.strip():
        problems.append(_("Describe your approach."))
    if quote.valid_until is None:
        problems.append(_("Say until when the quote is valid."))
    elif quote.valid_until <= max(today, day_of(terms.deadline or terms.begun_at)):
        problems.append(_("The quote must be valid beyond the deadline."))
    # In another currency it is judged at the rate of the deadline's month, when one is chosen.
    is_over = quote.currency == Currency.EUR and quote.total > terms.ceiling
    if terms.shows_ceiling and is_over:
        problems.append(
            _("The lines add up to %(total)s EUR; at most %(ceiling)s EUR can be paid.")
            % {"total": figures(quote.total), "ceiling": figures(terms.ceiling)}
        )
    return problems


def fingerprint_of(quote: Quote) -> str:
    """SHA-256 over all that the quote says, in hexadecimal digits: the receipt and the record show it."""
    said = {
        "invitation": quote.invitation_id,
        "version": quote.version,
        "approach": quote.approach,
        "experience": quote.experience,
        "valid_until": str(quote.valid_until),
        "currency": quote.currency,
        "lines": [
            [line.kind, line.text, str(line.days), str(line.rate), str(line.amount)]
            for line in quote.lines.order_by("position")
        ],
        "files": sorted(quote.files.values_list("sha256", flat=True)),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _require_asking(invitation: QuoteInvitation) -> TermsOfReference:
    """The terms of a locked invitation; raises OutOfOrder where nothing is asked now."""
    require_state(invitation.terms.voucher, "active")
    require_state(invitation.terms, TermsOfReference.State.ASKING)
    return invitation.terms


def _require_in_time(terms: TermsOfReference) -> datetime:
    """The database's instant (UTC), now that the terms are locked; raises TooLate after the deadline."""
    now = database_now()
    if terms.deadline is None or now >= terms.deadline:
        raise TooLate(
            _(
                "The deadline was %(deadline)s. What arrives after it is not taken. "
                "Your draft is kept as it is."
            )
            % {"deadline": instant(terms.deadline or now, terms.country.time_zone)}
        )
    return now


def _draft_of(invitation: QuoteInvitation) -> Quote:
    draft = Quote.objects.filter(invitation=invitation, state=Quote.State.DRAFT).first()
    if draft is not None:
        return draft
    last = Quote.objects.filter(invitation=invitation).order_by("-version").first()
    return Quote(invitation=invitation, version=last.version + 1 if last else 1)


def _copy_standing(invitation: QuoteInvitation, draft: Quote) -> None:
    standing = (
        Quote.objects.filter(invitation=invitation)
        .exclude(pk=draft.pk)
        .order_by("-version")
        .first()
    )
    if standing is None:
        return
    for name in ("approach", "experience", "valid_until", "currency"):
        setattr(draft, name, getattr(standing, name))
    draft.save()
    for line in standing.lines.all():
        line.pk, line.quote = None, draft
        line.save(force_insert=True)
    for file in standing.files.all():
        file.pk, file.quote = None, draft
        file.save(force_insert=True)


def _write_line(quote: Quote, position: int, line: OfferedLine) -> None:
    counted = counted_line(line, quote.currency)
    written = QuoteLine(
        quote=quote, position=position, kind=line.kind, text=line.text, **vars(counted)
    )
    written.full_clean(validate_constraints=False)
    with constraints_of(QuoteLine):
        written.save()
