"""Writes about the form of a draft, one section or question at a time."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, Model
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, locked
from vouchers.calls.models import Call, Question, Section
from vouchers.calls.queries.checklist import option_lines, options_differ

from .drafts import cleaned, locked_draft

KEY_LENGTH = Question._meta.get_field("key").max_length or 40


@action(gettext_lazy("Section added"))
def add_section(call: Call, *, by: User, **terms: Any) -> Section:
    """Put a section at the end of the form."""
    call = locked_draft(call, by)
    return cleaned(Section(call=call, position=_end_of(call.sections), **terms))


@action(gettext_lazy("Section changed"))
def change_section(section: Section, *, by: User, **terms: Any) -> Section:
    """Change the title or the introduction of a section."""
    locked_draft(section.call, by)
    section = locked(section)
    _set(section, terms)
    return cleaned(section)


@action(gettext_lazy("Section moved"))
def move_section(section: Section, *, back: bool, by: User) -> None:
    """Move a section one place back, or forward; at either end it stays.

    Raises Refused where a question would come before the one on which it depends.
    """
    call = locked_draft(section.call, by)
    section = locked(section)
    _exchange(list(call.sections.all()), section, back=back)
    _require_sound(call)


@action(gettext_lazy("Section removed"))
def remove_section(section: Section, *, by: User) -> None:
    """Take an empty section out of the form. Raises Refused while it has questions."""
    locked_draft(section.call, by)
    section = locked(section)
    if section.questions.exists():
        raise Refused(
            _("“%(section)s” still has questions: move or remove them first.")
            % {"section": section}
        )
    section.delete()


@action(gettext_lazy("Question added"))
def add_question(section: Section, *, by: User, **terms: Any) -> Question:
    """Put a question at the end of a section. Without a `key` it gets one from its text."""
    call = locked_draft(section.call, by)
    section = locked(section)
    key = terms.pop("key", "") or _free_key(call, str(terms.get("text", "")))
    question = Question(
        call=call, section=section, key=key, position=_end_of(section.questions), **terms
    )
    question = cleaned(question)
    _require_sound(call)
    return question


@action(gettext_lazy("Question changed"))
def change_question(question: Question, *, by: User, **terms: Any) -> Question:
    """Change a question; with another `section` it goes to the end of that one.

    Raises Refused where a question that depends on it would lose its condition.
    """
    call = locked_draft(question.call, by)
    question = locked(question)
    section = terms.get("section")
    if section is not None and section.pk != question.section_id:
        terms["position"] = _end_of(section.questions)
    _set(question, terms)
    question = cleaned(question)
    _require_sound(call)
    return question


@action(gettext_lazy("Question moved"))
def move_question(question: Question, *, back: bool, by: User) -> None:
    """Move a question one place back or forward, past the border of its section where it is there.

    Raises Refused where a question would come before the one on which it depends.
    """
    call = locked_draft(question.call, by)
    question = locked(question)
    beside = list(question.section.questions.all())
    at_the_border = question == (beside[0] if back else beside[-1])
    if at_the_border:
        _move_across(call, question, back=back)
    else:
        _exchange(beside, question, back=back)
    _require_sound(call)


@action(gettext_lazy("Question removed"))
def remove_question(question: Question, *, by: User) -> None:
    """Take a question out of the form. Raises Refused while others depend on it."""
    locked_draft(question.call, by)
    question = locked(question)
    dependent = question.dependents.first()
    if dependent:
        raise Refused(
            _("“%(later)s” is shown depending on “%(earlier)s”: change its condition first.")
            % {"later": dependent, "earlier": question}
        )
    question.delete()


def _require_sound(call: Call) -> None:
    """Options and conditions of the whole form hold, or Refused says which does not."""
    seen: dict[int, Question] = {}
    asked = call.questions.select_related("depends_on").order_by("section__position", "position")
    for question in asked:
        _require_options(question)
        if question.depends_on_id:
            _require_condition(question, seen)
        seen[question.pk] = question


def _require_options(question: Question) -> None:
    if question.kind not in Question.CHOOSING:
        return
    if max(map(len, option_lines(question.options).values()), default=0) < 2:
        raise Refused(_("“%(question)s” needs at least two options.") % {"question": question})
    if options_differ(question.options):
        raise Refused(
            _("The languages of “%(question)s” have different numbers of options.")
            % {"question": question}
        )


def _require_condition(question: Question, seen: dict[int, Question]) -> None:
    """The question on which this one depends comes earlier, offers a choice, and that option."""
    names = {"later": question, "earlier": question.depends_on}
    earlier = seen.get(question.depends_on_id or 0)
    if earlier is None:
        raise Refused(
            _("“%(later)s” is shown depending on “%(earlier)s” and must stay behind it.") % names
        )
    if earlier.kind not in Question.CHOOSING:
        raise Refused(
            _(
                "“%(later)s” is shown depending on an option of “%(earlier)s”, "
                "which must go on offering a choice."
            )
            % names
        )
    if question.depends_value not in dict(earlier.choices):
        raise Refused(
            _("“%(later)s” is shown depending on an option that “%(earlier)s” does not have.")
            % names
        )


def _set(record: Model, terms: dict[str, Any]) -> None:
    for name, value in terms.items():
        setattr(record, name, value)


def _end_of(records: Any) -> int:
    return (records.aggregate(last=Max("position"))["last"] or 0) + 1


def _exchange(ordered: list[Any], record: Any, *, back: bool) -> None:
    """Exchange a record with its neighbour; at the end of the order nothing happens."""
    here = [other.pk for other in ordered].index(record.pk)
    there = here - 1 if back else here + 1
    if not 0 <= there < len(ordered):
        return
    one, other = ordered[here], ordered[there]
    one.position, other.position = other.position, one.position
    # The order is checked at the end of the transaction, so that two may change places.
    one.save(update_fields=["position"])
    other.save(update_fields=["position"])


def _move_across(call: Call, question: Question, *, back: bool) -> None:
    """Move a question to the nearest end of the section beside its own, where there is one."""
    sections = list(call.sections.all())
    here = [section.pk for section in sections].index(question.section_id)
    there = here - 1 if back else here + 1
    if not 0 <= there < len(sections):
        return
    section = sections[there]
    if back:
        question.position = _end_of(section.questions)
    else:
        for other in section.questions.order_by("-position"):
            other.position += 1
            other.save(update_fields=["position"])
        question.position = 1
    question.section = section
    question.save(update_fields=["section", "position"])


def _free_key(call: Call, text: str) -> str:
    """A key made from the text, with a number where another question has it."""
    base = slugify(text)[: KEY_LENGTH - 4].strip("-") or "question"
    taken = set(call.questions.values_list("key", flat=True))
    if base not in taken:
        return base
    return next(key for number in range(2, 9999) if (key := f"{base}-{number}") not in taken)
