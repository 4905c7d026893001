"""The classification of economic activities, NACE Rev. 2.1: its 22 sections and 87 divisions.

Codes and titles: Commission Delegated Regulation (EU) 2023/137 (English and French); the Arabic
titles follow the wording of ISIC, the classification of the United Nations on which NACE rests.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SECTIONS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "nace.json").read_text(encoding="utf-8")
)


@cache
def _entries() -> dict[str, dict[str, Any]]:
    """Every section and division by its code."""
    found = {section["code"]: section for section in SECTIONS}
    found |= {
        division["code"]: division for section in SECTIONS for division in section["divisions"]
    }
    return found


def title(code: str) -> str:
    """The code with its title in the language of the page; the bare code where there is none."""
    entry = _entries().get(code)
    if entry is None:
        return code
    return f"{code} · {entry.get((get_language() or 'en')[:2], entry['en'])}"


def titles(codes: Iterable[str]) -> list[str]:
    """The titles of several codes, in their order."""
    return [title(code) for code in codes]


def within(section: str) -> list[str]:
    """The codes that a search for a section finds: its own, and those of its divisions."""
    entry = _entries()[section]
    return [section, *(division["code"] for division in entry["divisions"])]


def section_choices() -> list[tuple[str, str]]:
    """The sections, for a list to choose from."""
    return [(section["code"], title(section["code"])) for section in SECTIONS]


def grouped_choices() -> list[tuple[str, Any]]:
    """Each section as a whole, and its divisions, grouped by section."""
    return [
        (
            title(section["code"]),
            [
                (
                    section["code"],
                    _("%(title)s (the whole section)") % {"title": title(section["code"])},
                ),
                *((division["code"], title(division["code"])) for division in section["divisions"]),
            ],
        )
        for section in SECTIONS
    ]


def validate_code(code: str) -> None:
    """Raise ValidationError unless `code` is a section or a division."""
    if code not in _entries():
        raise ValidationError(_("This is not a section or division of NACE Rev. 2.1."))
