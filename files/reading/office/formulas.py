"""Formulas of workbooks that fetch or start something when they are computed."""

from __future__ import annotations

import re

from files.reading.elsewhere import is_elsewhere
from files.reading.found import FileFault

_TEXTS = re.compile(r'"(?:[^"]|"")*"')
_FETCHES = re.compile(
    r"(?:^|[^A-Za-z0-9_])(?:_xl\w+\.)*(?:WEBSERVICE|IMAGE|IMPORTCSV|IMPORTTEXT)\s*\(", re.I
)
_STARTS = re.compile(
    r"(?:^|[^A-Za-z0-9_.])(?:_xl\w+\.)*(?:DDE|RTD|CALL|EXEC|REGISTER(?:\.ID)?|DDEAUTO)\s*\(", re.I
)
# =cmd|'/c calc'!A0, the old way to write a conversation between programs.
_CONVERSATION = re.compile(r"[A-Za-z0-9_.]\s*\|\s*(?:'[^']*'|[A-Za-z0-9_.]+)\s*!")
_OTHER_FILE = re.compile(r"'((?:[^']|'')*)'\s*[#!]")


def finding_in(formula: str) -> FileFault | None:
    """What is amiss with a formula; None for nothing. Texts in it are no part of what it does."""
    bare = _TEXTS.sub('""', formula)
    if _STARTS.search(bare) or _CONVERSATION.search(bare):
        return FileFault.PROGRAMS
    if _FETCHES.search(bare):
        return FileFault.ELSEWHERE
    for other in _OTHER_FILE.finditer(bare):
        # 'https://…/[a.xlsx]Sheet 1'!A1 in Excel, 'file://server/a.ods'#$Sheet1.A1 in LibreOffice.
        name = other[1].lstrip("[").rstrip("]")
        if re.match(r"(?:[a-z][a-z0-9+.\-]+:|\\\\|//)", name, re.I) and is_elsewhere(name):
            return FileFault.ELSEWHERE
    return None
