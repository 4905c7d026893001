"""What is written about a voucher, as its story tells it."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from demonstration.clock import on
from vouchers.correspondence.actions import send_voucher_message

from .vouchers import VoucherStory

# Question of the cluster, answer of its partner, word of the coordination, thanks.
_SAID = {
    "en": (
        "The consultant can only come in the evenings. May two short sessions count as one day?",
        "Yes: log each with its own hours. Eight hours make a day, however they are spread.",
        "The call allows it; please name the place of each session.",
        "Thank you both. One more thing: may a member from the second cluster of the town join?",
    ),
    "fr": (
        "La consultante ne peut venir que le soir. Deux séances courtes comptent-elles un jour ?",
        "Oui : notez chacune avec ses heures. Huit heures font un jour, où qu’elles tombent.",
        "L’appel le permet ; indiquez seulement le lieu de chaque séance.",
        "Merci à vous deux. Un membre du second cluster de la ville peut-il se joindre à nous ?",
    ),
}


def talk(told: VoucherStory, *, at: datetime, coordinator: User) -> None:
    """The four messages, an hour apart; the last one waits for the officer, who has not read it."""
    application = told.voucher.award.application
    writers = (told.manager, told.officer, coordinator, told.manager)
    said = _SAID.get(told.facts.language, _SAID["en"])
    for number, (writer, text) in enumerate(zip(writers, said, strict=True)):
        with on(at + timedelta(hours=number)):
            send_voucher_message(application, text, by=writer)
