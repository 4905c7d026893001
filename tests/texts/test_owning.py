"""Coordinators own the wording of letters and e-mails: saved, frozen, compared, put back."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from conduct.actions import OutOfOrder, Refused
from documents.models import Document
from documents.rendering.pdf import letter_html
from notices.actions import notify
from notices.wording.messages import write_text
from tests.making import awarded
from tests.people import log_in, person
from tests.texts.owning import HOSTILE, MAIL, coordinator, page, place, saved, typed
from texts.actions import reset_wording, save_wording
from texts.kinds import Family
from texts.queries import WordingAsked, path_to_call, wordings_for
from vouchers.applications.models import Application
from vouchers.awards.models import Award, Voucher
from vouchers.payments.models import Claim

pytestmark = pytest.mark.django_db
FACTS = {
    "cluster": "QOOT Cluster",
    "reference": "SUV-2026-LB-0001",
    "amount": "5000.00",
    "accept_by": "2026-06-30",
}


def told(kind=MAIL, facts=None, **options):
    return notify(person(), kind, facts=facts or FACTS, url="/", **options)


def words_of(notice):
    write_text(notice)
    return notice.subject, notice.body


def test_a_wording_holds_for_what_is_told_from_then_on_and_no_longer_once_it_is_put_back():
    nadine = coordinator()
    before = told()
    first = saved(nadine, body="Dear {cluster},\n\n{amount} by {day}: {reference}.")
    owned = told()
    reset_wording(place(), seen=first.number, by=nadine)
    after = told()
    assert words_of(owned)[1] == (
        "Dear QOOT Cluster,\n\n5,000.00\N{NO-BREAK SPACE}EUR by 30 June 2026: SUV-2026-LB-0001."
    )
    assert words_of(before) == words_of(after)
    assert "Congratulations" in words_of(after)[0]


def test_what_the_call_says_comes_before_what_is_said_for_all_calls():
    story, (award, *_rest) = awarded()
    nadine = story.cast.coordinators[0]
    saved(nadine, subject="For all", body="All: {cluster}")
    saved(nadine, place(call=story.call), subject="For this call")
    subject, body = words_of(told(about=award))
    assert (subject, body) == ("For this call", "All: QOOT Cluster")
    assert words_of(told())[0] == "For all"


def test_other_languages_keep_their_own():
    saved(coordinator())
    notice = notify(person(language="fr"), MAIL, facts=FACTS)
    assert "You are in" not in words_of(notice)[0]


def test_each_record_finds_its_call():
    assert path_to_call(Application) == "call"
    assert path_to_call(Award) == "application__call"
    assert path_to_call(Voucher) == "award__application__call"
    assert path_to_call(Claim) == "voucher__award__application__call"
    assert path_to_call(type(person())) is None


def test_a_letter_freezes_the_wording_of_the_day_it_was_issued():
    story, (award, *_rest) = awarded()
    letter = Document.objects.get(kind="award", language="en", object_id=str(award.pk))
    assert "wording" not in letter.facts
    nadine = story.cast.coordinators[0]
    where = place(letter.kind, family=Family.LETTER)
    first = save_wording(where, {"opening": f"{HOSTILE}\n\nSecond."}, seen=0, by=nadine)
    again = _issued_again(letter)
    # New words alone make no new letter of what was said already.
    assert again.pk == letter.pk
    other = _issued_again(letter, accept_by="2027-01-31")
    assert other.pk != letter.pk
    page = letter_html(other)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; " in page
    assert "<script" not in page
    assert "<p>Second.</p>" in page
    reset_wording(where, seen=first.number, by=nadine)
    assert letter_html(Document.objects.get(pk=other.pk)) == page


def _issued_again(letter, **facts):
    from documents.actions import issue_document

    known = {key: value for key, value in letter.facts.items() if key != "wording"}
    return issue_document(
        letter.kind,
        letter.about,
        {**known, **facts},
        language=letter.language,
        by=None,
        reference=letter.reference,
    )


def test_the_end_of_a_letter_may_stay_empty_and_may_be_taken_out(client):
    nadine = coordinator()
    award = place("award", family=Family.LETTER)
    answer = log_in(client, nadine).post(page(award), typed(award, opening="Dear {cluster},"))
    assert answer.status_code == 302
    receipt = place("acknowledgement", family=Family.LETTER)
    assert saved(nadine, receipt, closing="").passages == {"closing": ""}
    with pytest.raises(Refused):
        saved(nadine, receipt, seen=1, opening="")


def test_what_is_filled_in_is_escaped_and_is_no_template():
    hostile = {**FACTS, "cluster": "{amount} {{ facts }} <script>"}
    saved(coordinator(), body="Dear {cluster}")
    assert words_of(told(facts=hostile))[1] == "Dear {amount} {{ facts }} <script>"


def test_a_frozen_wording_with_a_placeholder_of_before_gives_way_to_the_built_in_one():
    notice = told(facts={**FACTS, "wording": {"subject": "{that_is_gone}"}})
    assert words_of(notice)[0] == "Congratulations: your cluster is selected"


def test_nothing_changed_is_no_version():
    nadine = coordinator()
    with override("en"):
        built_in = place().kind.built_in()
    with pytest.raises(OutOfOrder):
        saved(nadine, **built_in)
    with pytest.raises(OutOfOrder):
        reset_wording(place(), seen=0, by=nadine)


def test_a_call_has_texts_of_what_is_about_it_alone(client):
    story, _awards = awarded()
    browser = log_in(client, story.cast.coordinators[0])
    assert browser.get(page(place(call=story.call))).status_code == 200
    assert browser.get(page(place("account-reset", call=story.call))).status_code == 404
    assert browser.get(f"{page(place())}?call=x").status_code == 404
    assert browser.get(reverse("texts:list"), {"call": story.call.pk}).status_code == 200


def test_looking_up_words_costs_the_same_for_one_and_for_many(django_assert_num_queries):
    story, awards = awarded()
    saved(story.cast.coordinators[0], place(call=story.call))
    asked = [WordingAsked(MAIL, "en", award) for award in awards]
    with django_assert_num_queries(2):
        assert all(wordings_for(Family.MAIL, asked * 10))
