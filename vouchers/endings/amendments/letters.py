"""The letter of an amendment: what both sides sign, and what it then bears besides.

As with the agreement, what was signed is kept word for word; the letter repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from conduct.queries.days import day_of, iso_day_of, today
from documents.kinds import ADDRESSEE, DocumentKind, Manner, Told, draw_draft, register
from documents.models import Document
from documents.panels import register_remarks
from documents.wording import day, for_readers_in, funding_statement
from texts.kinds import Family
from texts.queries import WordingAsked, wordings_for
from texts.wording.filling import FROZEN
from vouchers.applications.letters import on_letterhead
from vouchers.assistance.letters import voucher_facts
from vouchers.awards.letters import AGREEMENT
from vouchers.awards.letters.reading import ToRead
from vouchers.awards.models import Voucher
from vouchers.awards.queries import signed_agreement
from vouchers.endings.amendments.models import Amendment, AmendmentSignature, SigningSide
from vouchers.endings.amendments.permissions import may_read_amendment
from vouchers.endings.amendments.queries import amendments_in_force, signature_of

AMENDMENT = register(
    DocumentKind(
        slug="amendment",
        title=_("Amendment to the agreement"),
        template="letters/amendment.html",
        may_read=may_read_amendment,
        told=(
            ADDRESSEE,
            Told(_("Number of the amendment"), "number", Manner.NUMBER),
            Told(_("Agreement signed on"), "agreed_on", Manner.DAY),
            Told(_("In force since"), "in_force_on", Manner.DAY),
            Told(_("Valid until"), "until", Manner.DAY),
            Told(_("Signed by"), "signed_name", Manner.PERSON),
            Told(_("Counter-signed by"), "countersigned_name", Manner.PERSON),
        ),
    )
)
# Under which name the facts of a letter keep what was signed.
_SIGNED_TEXT = "articles_text"


def amendment_to_read(amendment: Amendment, language: str) -> ToRead:
    """What is signed, in `language`; from what stands in the amendment itself, which never changes."""
    with translation.override(language):
        facts = _terms(amendment, language)
        with for_readers_in(str(facts["country_code"])):
            text = render_to_string(
                AMENDMENT.template,
                {
                    "frame": "letters/_articles.html",
                    "facts": facts,
                    # Whose wording coordinators may own.
                    "document": Document(kind=AMENDMENT.slug, language=language),
                    "funding": funding_statement(settings.FUNDING),
                },
            )
    return ToRead(language, SafeString(text.strip()))


def as_signed(signature: AmendmentSignature) -> ToRead:
    """What was signed, as its page showed it."""
    return ToRead(signature.language, SafeString(signature.text))


def amendment_draft(amendment: Amendment, language: str) -> bytes:
    """The letter as PDF, plainly a draft: in `language`, or word for word as the cluster signed it."""
    first = signature_of(amendment, SigningSide.CLUSTER)
    language = first.language if first is not None else language
    with translation.override(language):
        facts = {
            **_terms(amendment, language),
            **_frame(amendment),
            **_signatures(amendment, language),
            "date": today(amendment.voucher.country.zone).isoformat(),
        }
    return draw_draft(AMENDMENT, facts, language=language)


def amendment_facts(amendment: Amendment) -> dict[str, Any]:
    """What the letter of an amendment in force states, in the active language."""
    language = get_language() or settings.LANGUAGE_CODE
    signed = _signatures(amendment, language)
    return {
        **amendment_terms(amendment),
        **_frame(amendment),
        **signed,
        _SIGNED_TEXT: signed.get(_SIGNED_TEXT) or str(amendment_to_read(amendment, language).text),
        "date": iso_day_of(amendment.in_force_at, amendment.voucher.country.zone),
        "in_force_on": iso_day_of(amendment.in_force_at, amendment.voucher.country.zone),
    }


def amendment_terms(amendment: Amendment) -> dict[str, Any]:
    """What an amendment changes, article by article, and of which agreement."""
    voucher, extension = amendment.voucher, amendment.extension
    agreement = signed_agreement(voucher.award)
    second = agreement.countersigned_on if agreement else None
    return {
        **voucher_facts(voucher),
        "number": str(amendment.number),
        "reason": amendment.reason,
        "agreed_on": agreement.signed_on.isoformat() if agreement else "",
        "countersigned_on": second.isoformat() if second else "",
        "previous_end": extension.previous_end.isoformat() if extension else "",
        "until": extension.until.isoformat() if extension else "",
        "typed_in": amendment.language,
        "articles": [
            {
                "number": one.number,
                "heading": one.heading,
                "stood": one.stood,
                "stands": one.stands,
            }
            for one in amendment.articles.all()
        ],
    }


def _terms(amendment: Amendment, language: str) -> dict[str, Any]:
    """With the wording that coordinators own, as it is frozen on issuing."""
    asked = WordingAsked(AMENDMENT.slug, language, amendment)
    (wording,) = wordings_for(Family.LETTER, [asked])
    return {**amendment_terms(amendment), FROZEN: wording}


def _frame(amendment: Amendment) -> dict[str, Any]:
    """What stands around what is signed: who writes to whom."""
    return on_letterhead(amendment.voucher.award.application)


def _signatures(amendment: Amendment, language: str) -> dict[str, Any]:
    """Who signed for which side, and when; and the text, where it was signed in `language`."""
    first, second = (signature_of(amendment, side) for side in SigningSide)
    stated: dict[str, Any] = {}
    if first is not None:
        stated |= {
            "signed_name": first.name,
            "signed_function": first.function,
            "signed_by": str(first.signed_by),
            "signed_at": first.signed_at.isoformat(),
        }
        if first.language == language:
            stated[_SIGNED_TEXT] = first.text
    if second is not None:
        stated |= {
            "countersigned_name": second.name,
            "countersigned_function": second.function,
            "countersigned_by": str(second.signed_by),
            "countersigned_at": second.signed_at.isoformat(),
        }
    return stated


def _said_of_agreement(document: Document) -> Sequence[str]:
    """That an agreement was amended since, which its own paper cannot say."""
    voucher = document.about
    if not isinstance(voucher, Voucher):
        return ()
    return [_one_in_force(one) for one in amendments_in_force(voucher)]


def _said_of_amendment(document: Document) -> Sequence[str]:
    """Of which agreement it is a part, and what else amends this."""
    amendment = document.about
    if not isinstance(amendment, Amendment):
        return ()
    told = gettext("It amends the agreement of %(reference)s; read it together with that.") % {
        "reference": amendment.voucher.reference
    }
    others = [one for one in amendments_in_force(amendment.voucher) if one.pk != amendment.pk]
    return [told, *(_one_in_force(one) for one in others)]


def _one_in_force(amendment: Amendment) -> str:
    since = amendment.in_force_on or day_of(amendment.drawn_up_at, amendment.voucher.country.zone)
    return gettext("Amendment %(number)s to the agreement is in force since %(day)s.") % {
        "number": amendment.number,
        "day": day(since),
    }


register_remarks(AGREEMENT.slug, _said_of_agreement)
register_remarks(AMENDMENT.slug, _said_of_amendment)
