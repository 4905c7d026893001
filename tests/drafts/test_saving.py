"""The protocol of saving while somebody types, for any form: what it answers, and to whom."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from conduct.actions import Refused
from drafts.actions import note_presence
from drafts.rules import is_overtaken, versions_seen
from drafts.views import Draft, Saved, StandingText, draft_session, save_draft
from tests.people import person

pytestmark = pytest.mark.django_db

AT = timezone.now()


class Notes(Draft[User]):
    """A form of three parts about a person, as another room would make it."""

    versions = {1: 4, 2: 7, 3: 0}
    reason = ""
    refusal = ""

    def records(self):
        return User.objects.filter(is_active=True)

    def closed(self, record):
        return self.reason

    def saved(self, record):
        if self.refusal:
            raise Refused(self.refusal)
        typed = [part for part in self.versions if f"text_{part}" in self.request.POST]
        seen = self.seen(typed)
        return Saved(
            typed=typed,
            overtaken=[part for part in typed if is_overtaken(self.versions[part], seen[part])],
            versions=self.versions,
            standing=lambda part: StandingText(text=f"text of {part}", by="Rana", at=AT),
            problems={3: ["It is missing."]},
            more={"url": "/"},
        )


@pytest.fixture
def typist(db):
    return person()


def answer(rf, user, data, *, draft=Notes, **attributes):
    request = rf.post("/", data)
    request.user = user
    form = draft(request)
    for name, value in attributes.items():
        setattr(form, name, value)
    found = save_draft(form, typist_pk(user))
    return found.status_code, json.loads(found.content)


def typist_pk(user):
    return user.pk or User.objects.order_by("pk").values_list("pk", flat=True)[0]


def test_what_was_typed_is_saved_and_what_others_changed_is_told(rf, typist):
    status, told = answer(rf, typist, {"text_1": "x", "seen_1": "4", "seen_2": "6", "seen_3": "0"})
    assert status == 200
    assert told["saved"] == {"1": 4}
    assert told["overtaken"] == []
    assert told["changed"] == [
        {
            "question": 2,
            "version": 7,
            "text": "text of 2",
            "rows": [],
            "by": "Rana",
            "at": AT.isoformat(),
        }
    ]
    assert told["problems"] == {"3": ["It is missing."]}
    assert told["url"] == "/"


def test_what_somebody_else_changed_meanwhile_is_not_called_saved(rf, typist):
    _status, told = answer(rf, typist, {"text_1": "x", "seen_1": "3", "text_3": "y", "seen_3": "0"})
    assert told["saved"] == {"3": 0}
    assert [part["question"] for part in told["overtaken"]] == [1]
    # Nothing is told of a part that the page does not show.
    assert told["changed"] == []


def test_a_session_of_somebody_else_saves_nothing(rf, typist):
    assert answer(rf, AnonymousUser(), {"person": str(typist.pk)})[0] == 401
    assert answer(rf, typist, {"person": str(typist.pk + 1)})[0] == 401
    assert answer(rf, typist, {"person": str(typist.pk)})[0] == 200


def test_a_record_out_of_sight_does_not_exist(rf, typist):
    typist.is_active = False
    typist.save()
    with pytest.raises(Http404):
        answer(rf, typist, {})


def test_a_draft_that_is_closed_and_one_that_is_refused_say_why(rf, typist):
    assert answer(rf, typist, {}, reason="It is over.") == (410, {"refused": "It is over."})
    assert answer(rf, typist, {}, refusal="Too long.") == (409, {"refused": "Too long."})


def test_a_page_that_was_left_open_hears_whose_session_it_is(rf, typist):
    request = rf.get("/")
    request.user = AnonymousUser()
    assert draft_session(Notes(request), typist.pk).status_code == 401
    request.user = typist
    told = json.loads(draft_session(Notes(request), typist.pk).content)
    assert told["person"] == typist.pk
    assert told["token"]
    with pytest.raises(Http404):
        draft_session(Notes(request), 0)


@pytest.mark.parametrize(
    ("version", "seen", "overtaken"),
    [(0, 0, False), (0, 5, False), (3, 3, False), (3, 2, True), (3, 0, True), (3, 9, True)],
)
def test_a_version_that_was_not_seen_is_overtaken(version, seen, overtaken):
    assert is_overtaken(version, seen) is overtaken


def test_what_is_no_version_is_none():
    sent = {"seen_1": "12", "seen_2": "-1", "seen_3": "1.5", "seen_4": "٣", "seen_5": "9" * 30}
    assert versions_seen(sent, range(1, 7)) == {1: 12, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0}


def test_people_who_write_in_a_draft_know_of_each_other(typist, settings):
    other = person()
    assert note_presence(typist, typist, 1) == []
    (there,) = note_presence(typist, other, 2)
    assert (there.name, there.place) == (str(typist), 1)
    # Another draft of the same number is another draft.
    assert note_presence(other, typist, 1) == []
