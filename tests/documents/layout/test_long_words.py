"""Names that no line can hold: broken where they may be, and never beyond the margins of a letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.rendering import pdf
from documents.rules.long_words import LONGEST_WORD, pieces
from documents.wording import as_written
from tests.documents.layout.test_last_pages import beyond
from tests.documents.samples import sample_document

MONSTERS = {
    "letters": "W" * 300,
    "Arabic": "\u0634\u0631\u0643\u0629" * 75,
    "with blanks": "Cluster of Sidon " * 18,
    "overrides": "\u202eevil\u202c\u2067x" * 30,
    "emoji": "\U0001f469\u200d\U0001f680\U0001f3f3\ufe0f\u200d\U0001f308" * 40,
    "marks": "e\u0301" * 150,
}


@given(st.text(max_size=300))
def test_the_pieces_are_the_text(text):
    assert "".join(pieces(text)) == text
    if all(len(word) <= LONGEST_WORD for word in text.split()):
        assert pieces(text) == [text]


def test_a_sign_stays_whole():
    for monster in (MONSTERS["emoji"], MONSTERS["marks"]):
        for piece in pieces(monster):
            assert piece[0] not in "\u200d\ufe0f\u0301"
            assert piece[-1] != "\u200d"


def test_what_people_are_called_is_written_as_it_is():
    for name in ("QOOT Cluster", "LB62099900000001001901229114", "Bundesausbildungsgesetz"):
        assert str(as_written(name)) == f'<bdi dir="ltr">{name}</bdi>'
    assert "<wbr>" in as_written("<" * 60)
    assert "<<" not in as_written("<" * 60)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", MONSTERS)
@pytest.mark.parametrize("kind", ["acknowledgement", "agreement", "payment"])
def test_a_name_of_300_letters_stays_within_its_letter(kind, name, language):
    facts = sample_document(kind, language).facts | {
        "cluster": MONSTERS[name],
        "payee": MONSTERS[name],
        "submitted_by": MONSTERS[name],
    }
    document = sample_document(kind, language, facts=facts)
    page = pdf.HTML(string=pdf.letter_html(document), base_url=None, url_fetcher=pdf.OwnFilesOnly())
    assert [text for page in pdf._laid_out(page).pages for text in beyond(page._page_box)] == []
