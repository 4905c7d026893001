"""A survey by its link: kept while it is typed, sent, corrected, and nothing of it after its end."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client

from clusters.models import Representative
from conduct.actions import NotAllowed, OutOfOrder, TooLate
from conduct.queries.history import timeline
from notices.models import Notice
from tests.links.linking import proven
from tests.people import person
from vouchers.assistance.surveys import actions
from vouchers.assistance.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyDraft,
    SurveyedIndicator,
)
from vouchers.assistance.surveys.queries import sheet_of

from .asked import asked, closed, mailed, on_day, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_attempts_yet")]

QUIET = {"HX-Request": "true"}


@pytest.fixture
def told():
    return closed()


def first_value(survey) -> str:
    return f"value_{sheet_of(survey).indicators[0].key}"


def sent(survey, link, **other) -> SurveyAnswer:
    draft = SurveyDraft.objects.filter(survey=survey).first()
    seen = draft.seen_as if draft else 0
    saved = actions.save_survey(survey, typed(survey, **other), seen=seen, by=link)
    return actions.send_survey(survey, seen=saved.seen_as, by=link)


def test_a_link_that_was_passed_on_asks_for_the_code_that_its_holder_gets(told):
    with on_day(told):
        survey, _link, address = asked(told)
        stranger = Client()
        page = stranger.get(address).content.decode()
        assert sheet_of(survey).indicators[0].name not in page
        answer = stranger.post(address, typed(survey, send="send"))
        assert answer.status_code == 200
        assert not SurveyAnswer.objects.exists()
        assert not SurveyDraft.objects.exists()
        # The code goes to the address of the holder alone.
        browser = proven(address)
        assert mail.outbox[-1].to == [told.manager.email]
        page = browser.get(address).content.decode()
        assert sheet_of(survey).indicators[0].name in page


def test_a_script_that_saves_for_an_unknown_browser_changes_nothing_on_the_page(told):
    with on_day(told):
        survey, _link, address = asked(told)
        answer = Client().post(address, typed(survey), headers=QUIET)
        assert answer["HX-Reswap"] == "none"
        assert not SurveyDraft.objects.exists()


def test_what_the_report_said_stands_beside_and_the_answer_is_a_version(told):
    with on_day(told):
        survey, link, address = asked(told)
        browser = proven(address)
        page = browser.get(address).content.decode()
        for one in sheet_of(survey).indicators:
            assert one.name in page
        answer = browser.post(address, typed(survey, send="send"))
        assert answer.status_code == 302, answer.content.decode()
        found = SurveyAnswer.objects.get()
        survey.refresh_from_db()
    assert (found.number, found.link, found.jobs_created) == (1, link, 12)
    assert (found.turnover_change, found.members) == (Decimal("7.5"), 40)
    assert survey.versions == 1
    assert survey.answered_at == found.sent_at
    sheet = sheet_of(survey)
    for row, known in zip(found.indicators.all(), sheet.indicators, strict=True):
        assert (row.baseline, row.target, row.reported) == (
            known.baseline,
            known.target,
            known.reported,
        )
    assert [row.value for row in found.indicators.all()] == [
        10 * place for place in range(1, len(sheet.indicators) + 1)
    ]
    assert Notice.objects.filter(kind="survey-answered", recipient=told.officer).count() == 1
    assert any("by a personal link" in str(entry.who) for entry in timeline(survey))


def test_a_correction_is_another_version_and_tells_nobody_again(told):
    with on_day(told):
        survey, link, _address = asked(told)
        first = sent(survey, link)
        sent(survey, link, jobs_created="14")
    assert list(SurveyAnswer.objects.values_list("number", "jobs_created")) == [(1, 12), (2, 14)]
    assert Notice.objects.filter(kind="survey-answered", recipient=told.officer).count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        SurveyAnswer.objects.filter(pk=first.pk).update(jobs_created=99)
    with pytest.raises(DatabaseError), transaction.atomic():
        SurveyedIndicator.objects.filter(answer=first).update(value=99)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("value", "NaN"),
        ("value", "many"),
        ("value", "-3"),
        ("value", "1e30"),
        ("value", ""),
        ("jobs_created", "1.5"),
        ("jobs_created", "-1"),
        ("turnover_change", "-101"),
        ("turnover_change", "Infinity"),
        ("members", ""),
        ("words", "x" * 10_001),
    ],
)
def test_bad_input_is_said_beside_its_field_and_nothing_is_lost(told, language, name, wrong):
    told.manager.language = language
    told.manager.save(update_fields=["language"])
    with on_day(told):
        survey, _link, address = asked(told)
        field = first_value(survey) if name == "value" else name
        answer = proven(address).post(
            address, typed(survey, new_markets="3", send="send", **{field: wrong})
        )
        html = answer.content.decode()
        assert answer.status_code == 422
        assert language == answer.wsgi_request.LANGUAGE_CODE
        assert html.count('aria-invalid="true"') == 1
        assert f'aria-describedby="wrong_{field}"' in html
        assert "Counted, 1" in html
        assert not SurveyAnswer.objects.exists()
        kept = SurveyDraft.objects.get().typed
        assert (kept[field], kept["new_markets"]) == (wrong, "3")


def test_numbers_are_read_as_the_report_reads_them(told):
    with on_day(told):
        survey, link, _address = asked(told)
        name = first_value(survey)
        said = {"٥٬٠٠٠٫٥": "5000.5", "۱۲": "12", "5.000,25": "5000.25", "1 200": "1200"}
        for text, read in said.items():
            answer = sent(survey, link, **{name: text, "members": "٤٢"})
            assert answer.indicators.first().value == Decimal(read)
            assert answer.members == 42


def test_it_saves_itself_and_says_so(told):
    with on_day(told):
        survey, _link, address = asked(told)
        browser = proven(address)
        said = typed(survey, jobs_created="not yet")
        answer = browser.post(address, said, headers=QUIET)
        html = answer.content.decode()
        assert 'name="seen" value="1"' in html
        assert "<form" not in html
        assert SurveyDraft.objects.get().typed["jobs_created"] == "not yet"
        # Found again, wrong as it is.
        assert 'value="not yet"' in proven(address).get(address).content.decode()


def test_two_browsers_with_one_link_do_not_overwrite_each_other(told):
    with on_day(told):
        survey, _link, address = asked(told)
        one, two = proven(address), proven(address)
        assert one.post(address, typed(survey, words="One"), headers=QUIET).status_code == 200
        quiet = two.post(address, typed(survey, words="Two"), headers=QUIET)
        assert "Another browser" in quiet.content.decode()
        assert 'name="seen" value="0"' in quiet.content.decode()
        late = two.post(address, typed(survey, words="Two", send="send"))
        html = late.content.decode()
        assert late.status_code == 409
        assert "One" in html
        assert "Two" in html
        assert 'name="seen" value="1"' in html
        assert SurveyDraft.objects.get().typed["words"] == "One"
        assert not SurveyAnswer.objects.exists()
        # Having seen the other, it may be put in its place.
        assert two.post(address, typed(survey, seen=1, words="Two", send="send")).status_code == 302
        assert SurveyAnswer.objects.get().words == "Two"


def test_what_another_browser_saved_is_not_sent_unread(told):
    with on_day(told):
        survey, link, _address = asked(told)
        mine = actions.save_survey(survey, typed(survey, words="Mine"), seen=0, by=link)
        actions.save_survey(survey, typed(survey, words="Theirs"), seen=mine.seen_as, by=link)
        with pytest.raises(OutOfOrder, match="Another browser"):
            actions.send_survey(survey, seen=mine.seen_as, by=link)


def test_what_is_sent_twice_is_one_version_and_what_is_changed_another(told):
    with on_day(told):
        survey, link, _address = asked(told)
        first = sent(survey, link, words="As it is.")
        assert sent(survey, link, words="As it is.") == first
        assert sent(survey, link, words="Better.").number == 2


def test_the_last_second_counts_and_a_minute_later_is_too_late(told):
    with on_day(told):
        survey, _link, _address = asked(told)
    with on_day(told, 30, clock=time(12)):
        actions.mail_surveys()
        link, address = mailed(survey)
    with on_day(told, 30, clock=time(23, 59, 30)):
        browser = proven(address)
        assert sent(survey, link).number == 1
    with on_day(told, 31, clock=time(0, 1)):
        answer = browser.post(address, typed(survey, seen=1, words="Too late", send="send"))
        assert answer.status_code == 410
        assert "Too late" in answer.content.decode()
        with pytest.raises(TooLate):
            actions.save_survey(survey, typed(survey), seen=1, by=link)
        with pytest.raises(TooLate):
            actions.send_survey(survey, seen=1, by=link)
    assert SurveyAnswer.objects.count() == 1


def test_the_database_takes_nothing_after_the_end(told):
    with on_day(told):
        survey, link, _address = asked(told)
        sent(survey, link)
    late = survey.ends_at + timedelta(minutes=1)
    with pytest.raises(DatabaseError, match="has ended"), transaction.atomic():
        SurveyAnswer.objects.create(survey=survey, number=2, link=link, sent_at=late)
    with pytest.raises(DatabaseError, match="has ended"), transaction.atomic():
        SurveyDraft.objects.filter(survey=survey).update(changed_at=late)


def test_the_link_of_another_survey_writes_nothing(told):
    with on_day(told):
        survey, _link, _address = asked(told)
    with on_day(told, months=12):
        other, link, _address = asked(told)
        assert other != survey
        with pytest.raises(NotAllowed):
            actions.save_survey(survey, typed(survey), seen=0, by=link)


def test_a_reminder_opens_what_was_typed_and_the_link_before_opens_nothing(told):
    with on_day(told):
        survey, link, before = asked(told)
        actions.save_survey(survey, typed(survey, words="Half of it"), seen=0, by=link)
        browser = proven(before)
    with on_day(told, 23):
        actions.mail_surveys()
        _link, address = mailed(survey)
        assert browser.get(before).status_code == 410
        assert "Half of it" in proven(address).get(address).content.decode()


def test_only_what_the_call_asks_is_asked(told):
    with on_day(told):
        survey, link, _address = asked(told)
        sheet = sheet_of(survey)
        assert sheet.questions == ("jobs_created", "turnover_change", "new_markets", "members")
        saved = actions.save_survey(survey, typed(survey, else_="What"), seen=0, by=link)
        assert "else_" not in saved.typed


def test_an_answered_survey_counts_its_versions(told):
    with on_day(told):
        survey, link, _address = asked(told)
        sent(survey, link)
    with pytest.raises(DatabaseError, match="counts the versions"), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(versions=2)


def test_who_has_left_the_cluster_opens_and_sends_nothing_by_a_link_from_before(told):
    with on_day(told):
        survey, link, address = asked(told)
        browser = proven(address)
        assert browser.get(address).status_code == 200
        acts = Representative.objects.get(user=told.manager)
        Representative.objects.create(cluster=acts.cluster, user=person(), level="manager")
        acts.delete()
        assert browser.get(address).status_code == 410
        assert browser.post(address, typed(survey, send="send")).status_code == 410
        with pytest.raises(OutOfOrder, match="has ended"):
            sent(survey, link)
    assert not SurveyAnswer.objects.exists()
