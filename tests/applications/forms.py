"""A form with a question of every kind, for tests of writing."""

from django.utils import timezone
from i18nfield.strings import LazyI18nString

from clusters.models import Country
from demonstration.clock import noon, on
from demonstration.story import Story
from tests.making import cast_of_all
from vouchers.calls import actions
from vouchers.calls.models import Call

OPTIONS = {"en": "A\nB\nC", "fr": "A\nB\nC", "ar": "أ\nب\nج"}


def in_every_language(text):
    """A text that a call may open with, the same in each language."""
    return LazyI18nString(dict.fromkeys(("en", "fr", "ar"), text))


def asked(key, kind, **terms):
    """One question; its text is its key, so that tests can find it."""
    texts = LazyI18nString({"en": f"About {key}", "fr": f"Sur {key}", "ar": f"عن {key}"})
    return {"key": key, "kind": kind, "text": texts, **terms}


def every_kind():
    """Two sections with all ten kinds; 'which' is shown when 'way' is B."""
    options = LazyI18nString(OPTIONS)
    first = [
        asked("name", "short_text", max_words=10),
        asked("story", "long_text", max_words=50),
        asked("members", "number", min_value=1, max_value=5000),
        asked("turnover", "money"),
        asked("since", "date"),
    ]
    second = [
        asked("way", "choice", options=options),
        asked("which", "short_text", depends_on="way", depends_value="2"),
        asked("needs", "choices", options=options),
        asked("steps", "milestones"),
        asked("costs", "budget"),
        asked("papers", "file", max_files=2),
    ]
    titles = [{"en": "One", "fr": "Un", "ar": "أول"}, {"en": "Two", "fr": "Deux", "ar": "ثان"}]
    return [
        {"title": LazyI18nString(title), "questions": questions}
        for title, questions in zip(titles, [first, second], strict=True)
    ]


def story_of_every_kind() -> Story:
    """An open call whose form asks for everything."""
    cast = cast_of_all()
    by = cast.coordinators[0]
    with on(noon(-20)):
        call = actions.create_call(
            by=by,
            name=in_every_language("Everything"),
            purpose=in_every_language("To ask for everything."),
            slug="everything",
            programme_code="ALL",
            year=timezone.now().year,
            opens_at=timezone.now(),
            deadline=noon(40),
            decision_due=noon(60).date(),
            assistance_starts=noon(60).date(),
            assistance_ends=noon(400).date(),
            voucher_amount="5000.00",
            budget="20000.00",
        )
        _complete(call, by)
    return Story(cast, Call.objects.get(pk=call.pk))


def _complete(call, by):
    actions.set_quotas(call, [(country, 1) for country in Country.objects.all()], by=by)
    actions.set_criteria(
        call,
        [
            {
                "name": in_every_language("Merit"),
                "weight": 100,
                "threshold": 50,
                "tie_break_position": 1,
            }
        ],
        by=by,
    )
    actions.set_form(call, every_kind(), by=by)
    rule = {"kind": "by_hand", "text": in_every_language("It is a cluster.")}
    actions.set_eligibility_rules(call, [rule], by=by)
    actions.set_declaration(call, [in_every_language("It tells the truth.")], by=by)
    actions.open_call(call, by=by)
