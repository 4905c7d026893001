"""Actions of a PDF: what happens when it is opened, a page shown, or a link followed."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from files.reading.found import FileFault

# Where an action stands that nobody asked for: opening the file, showing a page, entering a field.
_BY_ITSELF = ("/OpenAction", "/AA")
# Where one stands that the reader starts: a link, a bookmark.
_BY_HAND = ("/A", "/PA")
_WORST = {
    "/JavaScript": FileFault.PDF_SCRIPT,
    "/Launch": FileFault.PDF_PROGRAM,
    "/ImportData": FileFault.PDF_ACTS,
    "/SubmitForm": FileFault.PDF_ACTS,
    "/Rendition": FileFault.PDF_ACTS,
    "/RichMediaExecute": FileFault.PDF_ACTS,
    "/GoToE": FileFault.PDF_ACTS,
    "/GoTo3DView": FileFault.PDF_ACTS,
}
# These are names of kinds of paragraphs too, in PDFs that say how they are built.
_FILMS = {"/Movie": FileFault.PDF_ACTS, "/Sound": FileFault.PDF_ACTS}
# By a click these are links as on any page; by themselves they reach out.
_REACHES_OUT = {
    "/URI": FileFault.PDF_ELSEWHERE,
    "/GoToR": FileFault.PDF_ELSEWHERE,
    "/Thread": FileFault.PDF_ELSEWHERE,
}
_MOST_ACTIONS = 2000


def finding_in_holder(found: pikepdf.Object) -> FileFault | None:
    """What is amiss with the actions that a dictionary has, or with itself as an action."""
    itself = _WORST.get(_kind(found))
    if itself is not None:
        return itself
    if _is_name_tree(found.get("/JavaScript")):
        return FileFault.PDF_SCRIPT
    for key in _BY_HAND:
        for action in _chain(found.get(key)):
            worst = (_WORST | _FILMS).get(_kind(action))
            if worst is not None:
                return worst
    for key in _BY_ITSELF:
        for action in _started_by(found.get(key), several=key == "/AA"):
            worst = _finding_by_itself(action)
            if worst is not None:
                return worst
    return None


def _finding_by_itself(action: pikepdf.Object) -> FileFault | None:
    kind = _kind(action)
    if kind == "/Thread" and "/F" not in action:
        # An article of this file.
        return None
    return (_WORST | _FILMS | _REACHES_OUT).get(kind)


def _started_by(value: object, *, several: bool) -> Iterator[pikepdf.Object]:
    """The actions of /OpenAction (one, or a place in the file) or of /AA (one for each event)."""
    if not isinstance(value, pikepdf.Dictionary):
        return
    if not several:
        yield from _chain(value)
        return
    for event in value.keys():  # noqa: SIM118 (a PDF's dictionary is no mapping)
        yield from _chain(value[event])


def _chain(value: object) -> Iterator[pikepdf.Object]:
    """An action with all that follow it (/Next, one or several), each once."""
    waiting, seen, count = [value], set(), 0
    while waiting and count < _MOST_ACTIONS:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary):
            if one.is_indirect:
                if one.objgen in seen:
                    continue
                seen.add(one.objgen)
            count += 1
            yield one
            waiting.append(one.get("/Next"))


def _is_name_tree(value: object) -> bool:
    return isinstance(value, pikepdf.Dictionary) and ("/Names" in value or "/Kids" in value)


def _kind(action: pikepdf.Object) -> str:
    kind = action.get("/S")
    return str(kind) if isinstance(kind, pikepdf.Name) else ""
