"""No letter ends on a page with little more than its seal or a signature, or runs beyond its margins."""

from __future__ import annotations

import pytest
from weasyprint.formatting_structure.boxes import TextBox

from documents.kinds import every_kind
from documents.rendering import pdf
from tests.documents.samples import sample_document

# What ends a letter, and says nothing by itself.
ENDS = {"closing", "seal", "signatures", "books", "annexes"}
# A sheet to write on ends where its lines end.
SHEETS = {"score-grid"}
# In points: what the blank after the last word of a line is wide.
BLANK = 6


@pytest.fixture
def last_page(monkeypatch):
    """A function that lays a document out; its last page, and how many there are."""
    found = []
    lays_out = pdf._laid_out
    monkeypatch.setattr(pdf, "_laid_out", lambda page: found.append(lays_out(page)) or found[-1])

    def laid_out(document):
        pdf.render(document)
        assert [text for page in found[-1].pages for text in beyond(page._page_box)] == []
        return found[-1].pages[-1]._page_box, len(found[-1].pages)

    return laid_out


def lines_of(box):
    """How many pieces of text stand there outside of what ends a letter."""
    classes = set((box.element.get("class") or "").split()) if box.element is not None else set()
    if classes & ENDS:
        return 0
    if isinstance(box, TextBox):
        return int(bool(box.text.strip()))
    return sum(lines_of(child) for child in getattr(box, "children", []))


def texts_in(box):
    if isinstance(box, TextBox) and box.text.strip():
        yield box
    for child in getattr(box, "children", []):
        yield from texts_in(child)


def beyond(page):
    """The texts of a page that stand, by more than a blank at their end, beyond its margins."""
    first, last = page.margin_left - BLANK, page.margin_left + page.width + BLANK
    return [
        one.text
        for one in texts_in(page)
        if one.position_x < first or one.position_x + one.width > last
    ]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("kind", [kind.slug for kind in every_kind()])
def test_the_end_of_a_letter_does_not_stand_alone(kind, language, last_page):
    box, pages = last_page(sample_document(kind, language))
    if pages > 1 and kind not in SHEETS:
        assert lines_of(box.children[0]) >= 3


@pytest.mark.parametrize("extra", range(0, 40, 3))
def test_nor_where_the_text_is_somewhat_longer(extra, last_page):
    """A certificate whose summary grows line by line passes from one page to two."""
    facts = sample_document("completion").facts
    facts["summary"] = f"{facts['summary']}\n" + "\n".join(f"Line {n}." for n in range(extra))
    box, pages = last_page(sample_document("completion", facts=facts))
    assert pages == 1 or lines_of(box.children[0]) >= 3


def columns_of(box):
    """The widths of the columns in which those sign who stand at the end of a letter."""
    if box.element is not None and "signatures" in (box.element.get("class") or "").split():
        while len(getattr(box, "children", [])) == 1:
            box = box.children[0]
        return [child.border_width() for child in box.children]
    return [width for child in getattr(box, "children", []) for width in columns_of(child)]


@pytest.mark.parametrize(
    ("kind", "people"), [("plan", 3), ("final-report", 3), ("agreement", 3), ("amendment", 2)]
)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_all_who_sign_have_as_much_room(kind, people, language, last_page):
    box, _pages = last_page(sample_document(kind, language))
    widths = [round(width) for width in columns_of(box)]
    assert len(widths) == people
    assert max(widths) - min(widths) <= 1
