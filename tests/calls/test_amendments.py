"""Changing an open call: only what may change, only forward, and everybody who applies is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from i18nfield.strings import LazyI18nString

from accounts.models import User
from clusters.models import Country
from conduct.actions import NotAllowed, OutOfOrder, Refused
from conduct.queries.days import PROGRAMME_ZONE
from demonstration.clock import on
from notices.models import Notice
from notices.wording.messages import write_text
from tests.calls.drafts import spoken, typed
from tests.making import LB, LB_SECOND, open_story
from tests.people import log_in, person
from vouchers.applications.actions import withdraw_application
from vouchers.calls.actions import amend_call
from vouchers.calls.models import CallAmendment

pytestmark = pytest.mark.django_db
WHY = LazyI18nString({"en": "Power cuts in Beirut.", "fr": "", "ar": ""})


@pytest.fixture
def story():
    return open_story({"LB": 2, "MA": 1})


def amend(story, seen=1, why=WHY, **terms):
    return amend_call(
        story.call, seen=seen, explanation=why, by=story.cast.coordinators[0], **terms
    )


def written(call):
    """The amendment page as it stands, to be sent back."""
    local = {
        name: moment.astimezone(PROGRAMME_ZONE).strftime("%Y-%m-%dT%H:%M") if moment else ""
        for name, moment in (
            ("deadline", call.deadline),
            ("questions_until", call.questions_until),
        )
    }
    texts = {
        f"{field}_{at}": getattr(call, field).data[code]
        for field in ("name", "purpose")
        for at, code in enumerate(("en", "fr", "ar"))
    }
    quotas = {f"vouchers_{country.code}": 0 for country in Country.objects.all()}
    quotas |= {f"vouchers_{quota.country_id}": quota.vouchers for quota in call.quotas.all()}
    return {
        **texts,
        **local,
        **quotas,
        "version": call.version,
        "decision_due": call.decision_due.isoformat(),
        "assistance_ends": call.assistance_ends.isoformat(),
        "budget": str(call.budget),
    }


def test_an_extension_is_told_to_everybody_who_applies(client, story):
    sent, draft = story.apply(LB), story.apply(LB_SECOND, send=False)
    log_in(client, story.cast.coordinators[0])
    later = story.call.deadline + timedelta(days=7)
    fields = written(story.call) | {
        "deadline": later.astimezone(PROGRAMME_ZONE).strftime("%Y-%m-%dT%H:%M"),
        "explanation_0": "Power cuts in Beirut.",
    }
    answer = client.post(reverse("calls:amend", args=[story.call.slug]), fields)
    assert answer["Location"] == story.call.get_absolute_url()
    story.call.refresh_from_db()
    assert (story.call.deadline, story.call.version) == (later, 2)
    amendment = CallAmendment.objects.get()
    assert [change["field"] for change in amendment.changes] == ["deadline"]
    told = Notice.objects.filter(kind="call-amended")
    people = {sent.submitted_by_id, draft.started_by_id}
    assert set(told.values_list("recipient_id", flat=True)) == people
    page = client.get(story.call.get_absolute_url()).content.decode()
    assert "What has changed" in page
    assert "Power cuts in Beirut." in page


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_notice_says_what_changed_and_why(story, language):
    draft = story.apply(LB, send=False)
    User.objects.filter(pk=draft.started_by_id).update(language=language)
    amend(story, budget=story.call.budget + 5000)
    notice = Notice.objects.get(kind="call-amended")
    with translation.override(language):
        write_text(notice)
    assert "Power cuts in Beirut." in notice.body
    assert story.call.name.data[language] in notice.subject


def test_who_withdrew_is_not_told(story):
    application = story.apply(LB)
    withdraw_application(application, by=application.submitted_by, reason="No time")
    amend(story, budget=story.call.budget + 5000)
    assert not Notice.objects.filter(kind="call-amended").exists()


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (lambda call: {"deadline": call.deadline - timedelta(days=1)}, "to a later instant"),
        (lambda call: {"budget": call.budget - 1}, "The budget can only grow"),
        (lambda call: {"voucher_amount": 1}, "scoring and questions is fixed"),
        (lambda call: {"score_max": 10}, "scoring and questions is fixed"),
        (lambda call: {"decision_due": call.opens_at.date()}, "expected before the deadline"),
        (lambda call: {"name": LazyI18nString({"en": "Only"})}, "is not written yet in"),
        (lambda call: {"vouchers": {Country.objects.get(code="LB"): 1}}, "cannot get fewer"),
        (lambda call: {"vouchers": {Country.objects.get(code="LB"): 9}}, "does not cover"),
        (lambda call: {}, "Nothing is changed yet"),
        (lambda call: {"why": LazyI18nString({"en": ""})}, "in at least one language why"),
        (lambda call: {"seen": 7}, "Somebody has changed the call meanwhile"),
    ],
)
def test_what_may_not_change_is_refused(story, terms, sentence):
    with pytest.raises(Refused, match=sentence):
        amend(story, **terms(story.call))
    story.call.refresh_from_db()
    assert story.call.version == 1
    assert story.call.quotas.get(country="LB").vouchers == 2
    assert not CallAmendment.objects.exists()


def test_after_the_deadline_there_is_no_extension(story):
    with on(story.call.deadline + timedelta(seconds=1)), pytest.raises(Refused, match="has passed"):
        amend(story, deadline=story.call.deadline + timedelta(days=3))


def test_quotas_and_budget_grow_together(story):
    amend(story, vouchers={Country.objects.get(code="TN"): 1}, budget=story.call.budget + 5000)
    assert story.call.quotas.get(country="TN").vouchers == 1


def test_a_stale_page_keeps_what_was_typed(client, story):
    log_in(client, story.cast.coordinators[0])
    fields = written(story.call) | typed("explanation", "My own reason")
    fields |= {"budget": "99000.00"}
    amend(story, budget=story.call.budget + 5000)
    page = client.post(reverse("calls:amend", args=[story.call.slug]), fields).content.decode()
    assert "Somebody has changed the call meanwhile." in page
    assert spoken("My own reason", "fr") in page
    assert CallAmendment.objects.count() == 1


def test_only_an_open_call_is_amended_and_only_by_a_coordinator(story):
    with pytest.raises(NotAllowed):
        amend_call(story.call, seen=1, explanation=WHY, by=person(role="auditor"), budget=1)
    story.call.state = "decided"
    story.call.save()
    with pytest.raises(OutOfOrder):
        amend(story, budget=1)


def test_an_amendment_page_shows_programme_time(client, story):
    log_in(client, story.cast.coordinators[0])
    page = client.get(reverse("calls:amend", args=[story.call.slug])).content.decode()
    local = story.call.deadline.astimezone(PROGRAMME_ZONE).strftime("%Y-%m-%dT%H:%M")
    assert f'value="{local}"' in page
    assert "Programme time: the clock of Brussels (Europe/Brussels)." in page
