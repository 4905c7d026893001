"""Fields of Word, which fetch or start something when they are updated, or when a file is opened."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from files.reading.elsewhere import is_elsewhere
from files.reading.found import FileFault

_KEYWORD = re.compile(r"[\W_]*([A-Za-z]+)")
_WORD = re.compile(r'"([^"]*)"|\u201c([^\u201d]*)\u201d|(\S+)')
_NUMBERS = re.compile(r"\s*QUOTE((?:\s+\d{1,6})+)\s*", re.IGNORECASE)
_STARTS = {"DDE", "DDEAUTO", "CONTROL", "HTMLCONTROL"}
# These bring in another file, wherever it lies, and Word asks the reader to have it updated.
_BRINGS_IN = {"LINK", "INCLUDE", "INCLUDETEXT", "DATABASE"}
# A picture from the writer's own disk is at worst missing; one from a server is fetched.
_FETCHES = {"INCLUDEPICTURE", "IMPORT", "RD"}
_LONGEST = 64 * 1024
_DEEPEST = 200


def finding_in(instruction: str) -> FileFault | None:
    """What is amiss with a field that says `instruction`, such as `DDEAUTO c:\\…`; None for nothing."""
    found = _KEYWORD.match(instruction)
    keyword = found[1].upper() if found else ""
    if keyword in _STARTS:
        return FileFault.PROGRAMS
    if keyword in _BRINGS_IN:
        return FileFault.ELSEWHERE
    if keyword in _FETCHES and any(map(_leads_elsewhere, _words(instruction))):
        return FileFault.ELSEWHERE
    return None


@dataclass
class _Field:
    instruction: str = ""
    result: str = ""
    is_result: bool = False

    def shown(self) -> str:
        """What an outer field reads in the place of this one."""
        numbers = _NUMBERS.fullmatch(self.instruction)
        if numbers:
            return "".join(chr(int(n)) for n in numbers[1].split() if 0 < int(n) < 0x10000)
        return self.result


@dataclass
class Fields:
    """Puts the fields of one part together: their words lie in runs, paragraphs, other fields.

    `begin`, `separate`, `end` are Word's field characters, `instruction` and `text` what lies between
    them. Each returns what is amiss with a field as soon as it is known.
    """

    open: list[_Field] = field(default_factory=list)
    # Instructions outside any field: no writer makes them, and who knows what a reader does.
    stray: str = ""

    def begin(self) -> FileFault | None:
        if len(self.open) >= _DEEPEST:
            return FileFault.BOMB
        self.open.append(_Field())
        return None

    def separate(self) -> FileFault | None:
        if not self.open:
            return None
        self.open[-1].is_result = True
        return finding_in(self.open[-1].instruction)

    def end(self) -> FileFault | None:
        if not self.open:
            return None
        ended = self.open.pop()
        if self.open and not self.open[-1].is_result:
            self.instruction(ended.shown())
        return finding_in(ended.instruction)

    def instruction(self, text: str) -> None:
        if self.open:
            self.open[-1].instruction = (self.open[-1].instruction + text)[:_LONGEST]
        else:
            self.stray = (self.stray + text)[:_LONGEST]

    def text(self, text: str) -> None:
        if self.open:
            self.open[-1].result = (self.open[-1].result + text)[:_LONGEST]

    def rest(self) -> FileFault | None:
        """What is amiss with fields that never end, once the part does."""
        for one in [*self.open, _Field(self.stray)]:
            found = finding_in(one.instruction)
            if found:
                return found
        return None


def _words(instruction: str) -> list[str]:
    return ["".join(match.groups("")) for match in _WORD.finditer(instruction)][1:]


def _leads_elsewhere(word: str) -> bool:
    """Backslashes are doubled in fields, by those who know it."""
    return is_elsewhere(word) or is_elsewhere(word.replace("\\\\", "\\"))
