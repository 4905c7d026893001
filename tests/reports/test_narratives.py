"""What coordinators write in a report: in versions, with figures that the portal fills, frozen."""

from __future__ import annotations

import io
import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from docx import Document as WordDocument

from conduct.actions import Refused
from documents.models import Document
from documents.rendering.pdf import letter_html
from documents.wording import amount
from reports.letters import REPORTS, word_report
from tests.making import voucher_story
from tests.people import log_in
from tests.reports.making import address, asked, call_of, days_of, issued, progress_issued
from tests.reports.test_issued import issued as programme_issued
from tests.reports.test_issued import pay_the_rest, words_of
from texts.actions import TextPlace, save_wording
from texts.kinds import Family, kinds_of
from vouchers.awards.queries import vouchers_visible_to

pytestmark = pytest.mark.django_db
FIGURES = {
    "programme-report": {
        *("applications", "eligible", "awards", "vouchers", "worth", "budget", "paid"),
        *("members", "women"),
    },
    "financial-report": {
        *("first", "last", "entries", "awarded", "committed", "payable", "in_transit", "booked"),
        *("advanced", "to_be_recovered", "released", "recovered"),
    },
    "progress-report": {
        *("first", "last", "vouchers", "planned", "used", "used_in_period", "sessions"),
        *("accepted", "late", "booked", "awarded"),
    },
}


@pytest.fixture
def told():
    return voucher_story("paid 0")


def write(told, kind, *, seen=0, language="en", **passages):
    """A coordinator writes some passages of a report; the others stay as they are built in."""
    owned = kinds_of(Family.LETTER)[kind]
    place = TextPlace(owned, language, call_of(told))
    with override(language):
        said = {**owned.built_in(), **passages}
    return save_wording(place, said, seen=seen, by=told.cast.coordinators[0])


def page_of(told, kind, language="en"):
    return reverse("texts:text", args=["letter", kind, language], query={"call": call_of(told).pk})


def plain(html):
    """The words of a page or text, with blanks of one kind and without marks of direction."""
    words = re.sub(r"<[^>]*>|[\u2066-\u2069]", " ", html).split()
    return re.sub(r" (?=[.,;])", "", " ".join(words))


@pytest.mark.parametrize("kind", FIGURES)
def test_the_figures_that_can_be_quoted_are_those_of_the_list(kind):
    assert set(kinds_of(Family.LETTER)[kind].placeholders) == FIGURES[kind]
    assert [one.slug for one in kinds_of(Family.LETTER)[kind].passages] == [
        *("opening", "achievements", "difficulties", "outlook")
    ]
    assert kind in REPORTS


def test_the_figures_are_those_of_the_registry(told):
    call, report = programme_issued(told)
    figures = report.facts["figures"]
    listed = vouchers_visible_to(told.cast.coordinators[0]).filter(award__application__call=call)
    assert figures["vouchers"] == listed.count()
    assert figures["paid"] == str(sum(voucher.paid for voucher in listed))
    money = issued(told).facts
    assert money["figures"]["booked"] == money["bank"] == figures["paid"]
    assert money["figures"]["awarded"] == figures["worth"]
    progress = progress_issued(told).facts
    assert progress["figures"]["booked"] == figures["paid"]
    assert progress["figures"]["vouchers"] == figures["vouchers"]


def test_a_figure_is_filled_from_the_report_and_frozen_with_it(told):
    write(told, "financial-report", achievements="So far {booked} reached them.")
    report = issued(told)
    said = plain(f"So far {amount(str(told.shares[0]))} reached them.")
    assert said in plain(letter_html(report))
    assert said in plain(words_of(WordDocument(io.BytesIO(word_report(report)))))
    pay_the_rest(told)
    write(told, "financial-report", seen=1, achievements="All of it is paid.")
    report = Document.objects.get(pk=report.pk)
    assert said in plain(letter_html(report))
    assert "All of it is paid." in plain(letter_html(issued(told)))


def test_new_words_alone_make_a_new_report(told):
    first = issued(told)
    assert issued(told).pk == first.pk
    write(told, "financial-report", outlook="Next year there is a second call.")
    second = issued(told)
    first.refresh_from_db()
    assert (first.validity, second.pk == first.pk) == ("superseded", False)
    assert "Outlook" in letter_html(second)
    assert "Outlook" not in letter_html(first)


def test_each_language_has_its_own(told):
    write(told, "progress-report", language="fr", difficulties="La machine est arrivée tard.")
    said = "La machine est arrivée tard."
    assert said in letter_html(progress_issued(told, language="fr"))
    assert said not in letter_html(progress_issued(told, language="en"))


def test_the_preview_shows_the_paragraphs_and_where_they_are_written(client, told):
    write(told, "financial-report", difficulties="The bank took {entries} entries.")
    write(told, "programme-report", outlook="A second call follows.")
    call = call_of(told)
    first, last = days_of(call)
    log_in(client, told.cast.coordinators[0])
    page = client.get(address("financial", **asked(call, first, last))).content.decode()
    entries = issued(told, first, last).facts["figures"]["entries"]
    assert f"The bank took {entries} entries." in plain(page)
    assert page_of(told, "financial-report") in page
    page = client.get(address("preview", call.slug)).content.decode()
    assert "A second call follows." in page
    log_in(client, told.cast.finance[0])
    page = client.get(address("financial", **asked(call, first, last))).content.decode()
    assert page_of(told, "financial-report") not in page


def test_an_unknown_figure_is_told_beside_its_field_and_nothing_typed_is_lost(client, told):
    with pytest.raises(Refused):
        write(told, "programme-report", achievements="{gain} was gained.")
    log_in(client, told.cast.coordinators[0])
    there = page_of(told, "programme-report")
    form = client.get(there).context["form"]
    typed = {**form.initial, "seen": 0, "achievements": "{gain} was gained.", "do": "save"}
    page = client.post(there, typed)
    assert "{gain}" in str(page.context["form"].errors["achievements"])
    assert "{gain} was gained." in page.content.decode()
    saved = client.post(there, {**typed, "achievements": "{paid} was paid."})
    assert saved.status_code == 302
    assert "{paid} was paid." in client.get(there).content.decode()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("issue", [issued, progress_issued])
def test_every_report_opens_with_its_figures(told, issue, language):
    report = issue(told, language=language)
    page = plain(letter_html(report))
    text = plain(words_of(WordDocument(io.BytesIO(word_report(report)))))
    with override(language):
        booked = plain(amount(report.facts["figures"]["booked"]))
    assert booked in page
    assert booked in text
    assert "{" not in text
