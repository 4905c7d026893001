"""Who is asked for a quote, until when, and with how few one may do."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    TooLate,
    action,
    constraints_of,
    judged,
    locked,
    move,
    require_words,
)
from conduct.queries.clock import database_now
from documents.wording import number
from vouchers.providers.models import Provider
from vouchers.providers.quotes.letters import issue_terms
from vouchers.providers.quotes.models import Derogation, QuoteInvitation, TermsOfReference
from vouchers.providers.quotes.permissions import may_answer_derogation, may_ask, may_write_terms
from vouchers.providers.quotes.queries.likeness import resembles_somebody_of
from vouchers.providers.quotes.queries.terms import least_of

from .links import extend_links, send_link
from .telling import tell_cluster, tell_invited, tell_officers
from .terms import require_ahead, require_running

_OPEN_FOR_INVITATIONS = (TermsOfReference.State.DRAFT, TermsOfReference.State.ASKING)


@action(gettext_lazy("Provider asked for a quote"))
def invite_provider(
    terms: TermsOfReference,
    provider: Provider,
    *,
    name: str,
    email: str,
    by: User,
    why_asked: str = "",
) -> QuoteInvitation:
    """Put a provider on the list; the link goes out with all others, or at once where they have gone.

    Raises Refused for a provider of another country, one that is asked already, and one that is
    called like somebody of the cluster, unless `why_asked` says why it is asked all the same.
    """
    terms = judged(terms, may_write_terms, by=by, states=_OPEN_FOR_INVITATIONS)
    require_running(terms)
    provider = locked(provider)
    if provider.country_id != terms.voucher.award.application.country_id:
        raise Refused(
            _("Choose a provider that your country partner has registered."), field="provider"
        )
    if terms.state == TermsOfReference.State.ASKING:
        _require_before_deadline(terms)
    resembles = resembles_somebody_of(terms.voucher, [provider.name, name], email)
    if resembles and not why_asked.strip():
        raise Refused(
            _(
                "The provider is called like “%(name)s” of the cluster. Ask another one, or say why "
                "this one is asked all the same."
            )
            % {"name": resembles},
            field="why_asked",
        )
    invitation = QuoteInvitation(
        terms=terms,
        provider=provider,
        name=name,
        email=email,
        resembles=resembles,
        why_asked=why_asked if resembles else "",
        invited_by=by,
    )
    invitation.full_clean(validate_constraints=False)
    with constraints_of(QuoteInvitation):
        invitation.save()
    if terms.state == TermsOfReference.State.ASKING:
        send_link(invitation, deadline=_require_before_deadline(terms), by=by)
    return invitation


@action(gettext_lazy("Quotes asked for"))
def ask_for_quotes(terms: TermsOfReference, *, deadline: datetime, by: User) -> TermsOfReference:
    """Send the terms to every provider on the list, with a personal link, until a deadline (UTC).

    Raises Refused for a deadline that is over, and where fewer providers are on the list than the
    call asks for, unless a derogation is approved.
    """
    terms = judged(terms, may_ask, by=by, states=[TermsOfReference.State.DRAFT])
    require_running(terms)
    terms.deadline = require_ahead(deadline, database_now())
    asked = list(terms.invitations.filter(state=QuoteInvitation.State.INVITED))
    least = least_of(terms)
    if len(asked) < least:
        raise Refused(
            ngettext(
                "At least %(number)s provider is asked. Put more on the list, or ask the country "
                "partner for a derogation.",
                "At least %(number)s providers are asked. Put more on the list, or ask the country "
                "partner for a derogation.",
                least,
            )
            % {"number": least}
        )
    move(terms, TermsOfReference.State.ASKING)
    terms.asked_by, terms.asked_at = by, timezone.now()
    with constraints_of(TermsOfReference):
        terms.save()
    issue_terms(terms, by=by)
    for invitation in asked:
        send_link(invitation, deadline=deadline, by=by)
    return terms


@action(gettext_lazy("Link for a quote sent anew"))
def send_link_again(invitation: QuoteInvitation, *, by: User) -> QuoteInvitation:
    """Send the provider another link; the one before opens nothing any more."""
    invitation = judged(invitation, states=[QuoteInvitation.State.INVITED])
    terms = judged(invitation.terms, may_ask, by=by, states=[TermsOfReference.State.ASKING])
    send_link(invitation, deadline=_require_before_deadline(terms), by=by)
    return invitation


@action(gettext_lazy("Provider asked no more"))
def withdraw_quote_invitation(
    invitation: QuoteInvitation, *, reason: str, by: User
) -> QuoteInvitation:
    """Ask a provider no more; its link ends, and what it sent stays sealed for good."""
    invitation = judged(invitation, states=[QuoteInvitation.State.INVITED])
    terms = judged(invitation.terms, may_ask, by=by, states=_OPEN_FOR_INVITATIONS)
    require_words(reason, _("Say why the provider is asked no more."), field="reason")
    was_asked = terms.state == TermsOfReference.State.ASKING
    if was_asked:
        _require_before_deadline(terms)
    move(invitation, QuoteInvitation.State.WITHDRAWN)
    invitation.withdrawn_by, invitation.withdrawn_at = by, timezone.now()
    invitation.withdraw_reason = reason
    invitation.save()
    if was_asked:
        tell_invited("withdrawn", terms, only=invitation, reason=reason)
    return invitation


@action(gettext_lazy("Deadline for quotes extended"))
def extend_deadline(
    terms: TermsOfReference, *, deadline: datetime, reason: str, by: User
) -> TermsOfReference:
    """Give every provider until a later instant (UTC), and tell each why.

    Before the deadline alone; after it only where fewer quotes arrived than must be opened: nobody
    has read any of them, and all stay as they are.
    """
    terms = judged(terms, may_ask, by=by, states=[TermsOfReference.State.ASKING])
    require_words(reason, _("Say why it is extended."), field="reason")
    now = database_now()
    require_ahead(deadline, now)
    if terms.deadline is not None and now >= terms.deadline and terms.answers >= least_of(terms):
        raise TooLate(_("The deadline has passed, and enough quotes arrived: open them."))
    if terms.deadline is not None and deadline <= terms.deadline:
        raise Refused(_("The new deadline must come after the one that stands."), field="deadline")
    terms.deadline = deadline
    with constraints_of(TermsOfReference):
        terms.save()
    extend_links(terms, deadline=deadline, by=by)
    tell_invited("extended", terms, reason=reason)
    return terms


@action(gettext_lazy("Derogation asked for"))
def ask_for_derogation(terms: TermsOfReference, *, least: int, reason: str, by: User) -> Derogation:
    """Ask the country partner to do with fewer providers, or quotes, than the call asks for."""
    terms = judged(terms, may_write_terms, by=by, states=_OPEN_FOR_INVITATIONS)
    require_words(reason, _("Say why fewer are enough."), field="reason")
    if not 1 <= least < terms.least_quotes:
        raise Refused(
            _("Name a number from 1 to %(most)s.") % {"most": number(terms.least_quotes - 1)}
            if terms.least_quotes > 1
            else _("The call asks for one only: no derogation is needed."),
            field="least",
        )
    with constraints_of(Derogation):
        derogation = Derogation.objects.create(terms=terms, least=least, reason=reason, asked_by=by)
    tell_officers("quotes-derogation", terms, but=by, reason=reason, least=least)
    return derogation


@action(gettext_lazy("Derogation answered"))
def answer_derogation(
    derogation: Derogation, *, is_approved: bool, answer: str, by: User
) -> Derogation:
    """Approve or refuse a derogation, for the country partner; who asked does not answer."""
    derogation = judged(
        derogation,
        may_answer_derogation,
        by=by,
        otherwise=_("An officer of the country partner who did not ask for it answers this."),
    )
    if derogation.is_approved is not None:
        raise OutOfOrder(_("It is answered already."))
    if not is_approved:
        require_words(answer, _("Say why it is refused."), field="answer")
    derogation.is_approved, derogation.answer = is_approved, answer
    derogation.answered_by, derogation.answered_at = by, timezone.now()
    with constraints_of(Derogation):
        derogation.save()
    tell_cluster(
        "quotes-derogation-answered", derogation.terms, but=by, approved=is_approved, answer=answer
    )
    return derogation


def _require_before_deadline(terms: TermsOfReference) -> datetime:
    """The deadline (UTC) of terms on which quotes are awaited; raises TooLate once it is over."""
    if terms.deadline is None or database_now() >= terms.deadline:
        raise TooLate(_("The deadline has passed: who is asked stands."))
    return terms.deadline
