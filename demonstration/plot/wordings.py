"""The wording that coordinators own: of the acknowledgement, and of the e-mail that brings it."""

from __future__ import annotations

from accounts.models import User
from demonstration.content.wordings import CLOSING, SUBJECT
from texts.actions import TextPlace, save_wording
from texts.kinds import Family, kinds_of
from vouchers.calls.models import Call


def word_receipts(call: Call, by: User) -> None:
    """Say in each language what the call tells whoever has sent an application."""
    letter = kinds_of(Family.LETTER)["acknowledgement"]
    mail = kinds_of(Family.MAIL)["application-received"]
    for language, closing in CLOSING.items():
        save_wording(TextPlace(letter, language, call), {"closing": closing}, seen=0, by=by)
        subject = {"subject": SUBJECT[language]}
        save_wording(TextPlace(mail, language, call), subject, seen=0, by=by)
