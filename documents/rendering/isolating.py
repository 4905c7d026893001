"""Foreign runs in text that reads from right to left: kept whole, whatever stands around them.

Between Arabic letters «1 EUR = 3,4404 TND», «SUV-2026-LB-0007» or «LB62 0999 0000» fall apart: each
number and each word is placed on its own, from right to left. A template may isolate what it knows
to be such a run (`|ltr`, `|money`); what comes with facts, sentences and names is found here, in the
finished page, so that none is ever bare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser

from .drawn_text import as_drawn

# Elements that no end tag closes, of those that a letter may hold.
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
# Text that is not set as a line of its page.
_NOT_READ = frozenset({"title", "style", "script", "svg"})
_AS_IT_STANDS = frozenset({"style", "script"})

_BLANK = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_FIGURES = rf"[+\u2212-]?\d(?:[\d.,'\u2019]|{_BLANK}(?=\d))*"
_CODE = r"[A-Z]{3}(?![A-Za-z])"
# What is inside a run of Latin letters without ending it.
_INSIDE = rf"[{_LATIN}\d_@#/\\&+=*°%.,:;'\u2019()\u2010-\u2013-]"
_LAST = rf"[{_LATIN}\d_/%)+]"
_RUN = re.compile(
    rf"""
    {_FIGURES}{_BLANK}{_CODE}(?:{_BLANK}?={_BLANK}?{_FIGURES}{_BLANK}{_CODE})?   # amounts, rates
    | (?:https?://|mailto:)[^\s<>"]*[\w/]                                        # addresses
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                               # e-mail
    | \+\d(?:[\d/.()-]|{_BLANK}(?=[\d(]))*\d                                     # telephones
    | \d{{2,}}(?:{_BLANK}\d+)+                                                   # accounts
    | \d*[{_LATIN}](?:(?:{_INSIDE}|{_BLANK}+(?=[{_LATIN}\d(&=]))*{_LAST})?        # references, names
    """,
    re.VERBOSE,
)


def isolated_runs(page: str) -> str:
    """A page of HTML in which every foreign run of its right-to-left text is isolated.

    Text that is isolated already, or is in an element from left to right, stays as it is.
    Text of pictures (SVG) is put into the order in which it is drawn.
    """
    reader = _Isolating()
    reader.feed(page)
    reader.close()
    return "".join(reader.parts)


class _Isolating(HTMLParser):
    """Writes down what it reads, with foreign runs in isolation."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        # The open elements: name, direction of their text, whether anybody reads it.
        self._open: list[tuple[str, str, bool]] = []

    def handle_decl(self, decl: str) -> None:
        self.parts.append(f"<!{decl}>")

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"<!--{data}-->")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(self.get_starttag_text() or "")
        if tag not in _VOID:
            _name, direction, is_read = self._open[-1] if self._open else ("", "ltr", True)
            own = dict(attrs).get("dir") or direction
            self._open.append((tag, own, is_read and tag not in _NOT_READ))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        name, direction, is_read = self._open[-1] if self._open else ("", "ltr", True)
        if name in _AS_IT_STANDS:
            self.parts.append(data)
        elif name == "text":
            self.parts.append(escape(as_drawn(data), quote=False))
        elif direction == "rtl" and is_read:
            self.parts.extend(_with_runs_isolated(data))
        else:
            self.parts.append(escape(data, quote=False))


def _with_runs_isolated(text: str) -> Iterator[str]:
    end = 0
    for found in _RUN.finditer(text):
        run = found.group()
        # A bracket that was opened outside the run closes outside it.
        while run.endswith(")") and run.count(")") > run.count("("):
            run = run[:-1]
        yield escape(text[end : found.start()], quote=False)
        yield f'<bdi dir="ltr">{escape(run, quote=False)}</bdi>'
        end = found.start() + len(run)
    yield escape(text[end:], quote=False)
