"""Lists of sanctions for tests: made up, in the European Commission's form."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from demonstration.content.sanctions import MADE_UP, sanctions_xml
from tests.making import today_there
from vouchers.awards.actions.ceilings import ask_for_override
from vouchers.books.actions import take_back_earlier_money, take_in_earlier_money
from vouchers.screening.actions.reading import LISTS
from vouchers.screening.actions.screening import screen_due
from vouchers.screening.actions.uploading import put_in_force, upload_list
from vouchers.screening.models import Screening

# Called like the provider of the stories, in other letters.
CEDAR = ("EU.9100.00", "enterprise", "ZZA", "", ("Cédar Consulting International", "سيدر كونسلتنغ"))


def file_of(content: bytes, name: str = "list.xml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/xml")


def read(content: bytes, *, by, name: str = "list.xml"):
    """A list that was uploaded, as the worker left it."""
    uploaded = upload_list(file_of(content, name), by=by)
    LISTS.conduct(uploaded.pk)
    uploaded.refresh_from_db()
    return uploaded


def in_force(by, *, entries=MADE_UP, days=0, day: date | None = None, screened=True):
    """A list in force, of `days` after today; with `screened` all payees are screened against it."""
    day = day or today_there() + timedelta(days=days)
    found = put_in_force(read(sanctions_xml(day, entries), by=by), by=by)
    if screened:
        screen_due()
    return found


def screened_alike(told, provider=None):
    """The screening of a provider (a story's own) who is called like an entry of the list in force.

    And the likeness that it found, which nobody has decided on.
    """
    provider = provider or told.provider
    like = ("EU.9100.00", "enterprise", "ZZA", "", (f"{provider.name} International",))
    in_force(told.cast.coordinators[0], entries=(*MADE_UP, like))
    screening = Screening.objects.get(provider=provider, ended_at=None)
    return screening, screening.hits.get()


def above_the_ceiling(told, *, amount="58000.00"):
    """Let the legal entity of a story have received so much (EUR) in an earlier round."""
    return take_in_earlier_money(
        told.voucher.award.application.cluster,
        programme="An earlier round",
        received_on=date(2021, 3, 1),
        amount=Decimal(amount),
        reason="Letter of the lead partner",
        by=told.cast.finance[0],
    )


def asked_for_more(told):
    """An exception from the ceiling that a finance officer asked for; the ceiling holds as before."""
    money = above_the_ceiling(told)
    override = ask_for_override(
        told.voucher.award.application, reason="The regions are two.", by=told.cast.finance[0]
    )
    take_back_earlier_money(money, reason="Another entity.", by=told.cast.finance[0])
    return override
