"""A text on a sample: what a reader would see, filled with facts that nobody has to look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.template import Context
from django.utils import translation
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

from texts.kinds import Family, OwnedKind, RealRecord, TextPassage
from texts.rules.placeholders import filled
from texts.wording.built_in import Placeholder
from texts.wording.filling import as_paragraphs
from texts.wording.glossary import example_facts, meaning_of


@dataclass(frozen=True)
class Explained:
    """A placeholder as the list beside the box shows it: what it means, and an example."""

    name: str
    meaning: str
    example: str
    is_part: bool

    @property
    def typed(self) -> str:
        return f"{{{self.name}}}"


@dataclass(frozen=True)
class Shown:
    """A passage on the sample, as safe HTML."""

    passage: TextPassage
    html: SafeString


def explained(kind: OwnedKind, language: str) -> list[Explained]:
    """Each placeholder: the meaning in the active language, the example in that of the text."""
    examples = sample_values(kind, language)
    return [
        Explained(name, meaning_of(found), examples[name], found.is_part)
        for name, found in kind.placeholders.items()
    ]


def shown(
    kind: OwnedKind, passages: Mapping[str, str], language: str, record: RealRecord | None = None
) -> list[Shown]:
    """The passages of a kind in the language of the text, filled with the sample or a real record."""
    values = real_values(kind, language, record) if record else sample_values(kind, language)

    def value_of(name: str) -> str:
        return conditional_escape(values[name])

    return [
        Shown(
            passage,
            SafeString(filled(passages[passage.slug], value_of, escape))
            if passage.shape.one_line
            else as_paragraphs(passages[passage.slug], values.__getitem__),
        )
        for passage in kind.passages
    ]


def sample_values(kind: OwnedKind, language: str) -> dict[str, str]:
    """What each placeholder says on the sample."""
    with translation.override(language):
        context = Context(
            {"facts": example_facts(kind.family), "recipient": {"time_zone": "Asia/Beirut"}},
            autoescape=kind.family == Family.LETTER,
        )
        return {name: _example(one, context) for name, one in kind.placeholders.items()}


def real_values(kind: OwnedKind, language: str, record: RealRecord) -> dict[str, str]:
    """What each placeholder says of a real record; dots for what it was told without."""
    with translation.override(language), record.setting():
        context = Context(dict(record.context), autoescape=kind.family == Family.LETTER)
        return {name: _real(one, context) for name, one in kind.placeholders.items()}


def _real(placeholder: Placeholder, context: Context) -> str:
    try:
        return placeholder.write(context)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        # It was issued by an earlier version of the portal, which did not state this yet.
        return "…"


def _example(placeholder: Placeholder, context: Context) -> str:
    """What it writes of the sample; a part that wants facts of its own shows what it may say."""
    if not placeholder.is_part:
        return placeholder.write(context)
    try:
        said = placeholder.write(context)
        return said if said.strip() else _said(placeholder)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        return _said(placeholder)


def _said(placeholder: Placeholder) -> str:
    return next(iter(placeholder.sentences), "…")
