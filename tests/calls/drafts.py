"""Drafts of calls for tests: complete ones, and the texts that they need."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from i18nfield.strings import LazyI18nString

from clusters.models import Country
from tests.making import cast_of_all
from vouchers.calls import actions
from vouchers.calls.actions import add_question, add_section
from vouchers.calls.models import Call


def in_three(text):
    """The text in three languages; each line of it is marked with its language."""
    return LazyI18nString({code: spoken(text, code) for code in ("en", "fr", "ar")})


def spoken(text, code):
    """The text as it stands in a language: in English as it is."""
    return text if code == "en" else "\n".join(f"{line} ({code})" for line in text.splitlines())


def typed(name, text):
    """The text typed into the three inputs of a field."""
    return {f"{name}_{at}": spoken(text, code) for at, code in enumerate(("en", "fr", "ar"))}


def draft_of(coordinator, **terms) -> Call:
    """A draft with its texts, timetable and money, and nothing else."""
    now = timezone.now().replace(second=0, microsecond=0)
    return actions.create_call(
        by=coordinator,
        **{
            "name": in_three("Scale Up Voucher"),
            "purpose": in_three("Growth of clusters"),
            "slug": "draft",
            "programme_code": "SUV",
            "year": 2026,
            "opens_at": now - timedelta(days=1),
            "deadline": now + timedelta(days=30),
            "decision_due": (now + timedelta(days=60)).date(),
            "assistance_starts": (now + timedelta(days=61)).date(),
            "assistance_ends": (now + timedelta(days=400)).date(),
            "voucher_amount": "5000.00",
            "budget": "20000.00",
            **terms,
        },
    )


def complete_draft(**terms):
    """Coordinator and a draft that may open: one criterion, two questions, a rule and a clause."""
    cast = cast_of_all()
    coordinator = cast.coordinators[0]
    call = draft_of(coordinator, **terms)
    actions.set_quotas(call, [(Country.objects.get(code="LB"), 2)], by=coordinator)
    criterion = actions.set_criteria(
        call,
        [
            {
                "name": in_three("Plan"),
                "weight": 100,
                "threshold": 50,
                "tie_break_position": 1,
            }
        ],
        by=coordinator,
    )[0]
    section = add_section(call, title=in_three("Growth"), by=coordinator)
    choice = add_question(
        section,
        text=in_three("Do you export?"),
        kind="choice",
        options=in_three("Yes\nNo"),
        by=coordinator,
    )
    add_question(
        section,
        text=in_three("To which markets?"),
        kind="short_text",
        criterion=criterion,
        depends_on=choice,
        depends_value="1",
        by=coordinator,
    )
    actions.set_eligibility_rules(
        call, [{"kind": "by_hand", "text": in_three("It is a cluster.")}], by=coordinator
    )
    actions.set_declaration(call, [in_three("All of it is true.")], by=coordinator)
    return cast, Call.objects.get(pk=call.pk)
