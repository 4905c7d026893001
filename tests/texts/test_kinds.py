"""Every kind of e-mail and letter has its built-in wording as somebody would type it."""

import pytest
from django.utils.translation import override

from notices.models import Notice
from notices.wording.messages import write_text
from tests.documents.samples import FACTS as LETTERS
from tests.documents.samples import sample_document
from tests.notices.test_words import FACTS, WRITTEN
from tests.people import person
from texts.kinds import Family, kinds_of
from texts.rules.placeholders import problems
from texts.wording.filling import FROZEN
from texts.wording.samples import explained, shown

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "ar")
OWNED_LETTERS = {
    *("acknowledgement", "agreement", "award", "completion", "ineligibility", "payment"),
    *("refusal", "reserve"),
}


def test_every_kind_of_message_can_be_owned():
    assert sorted(kinds_of(Family.MAIL)) == WRITTEN


def test_the_letters_to_clusters_can_be_owned():
    templates = set(kinds_of(Family.LETTER))
    assert len(templates) >= len(OWNED_LETTERS), templates


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("family", list(Family))
def test_the_built_in_wording_is_sound_and_all_of_it_is_explained(family, language):
    for kind in kinds_of(family).values():
        with override(language):
            built_in = kind.built_in()
            for passage in kind.passages:
                text = built_in[passage.slug]
                known = kind.placeholders
                assert not text or problems(text, passage.shape, known) == [], (kind.slug, text)
                assert "<" not in text, (kind.slug, text)
            for one in explained(kind, language):
                assert one.meaning, (kind.slug, one.name)
            for sample in shown(kind, built_in, language):
                assert "{" not in sample.html, (kind.slug, sample.html)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", WRITTEN)
def test_what_is_built_in_says_the_same_when_it_is_owned(kind, language):
    with override(language):
        built_in = kinds_of(Family.MAIL)[kind].built_in()
    rana = person(language=language)
    said = []
    for wording in ({}, {FROZEN: built_in}):
        notice = Notice(recipient=rana, kind=kind, language=language, facts={**FACTS, **wording})
        write_text(notice)
        said.append((notice.subject, notice.body.split()))
    assert said[0] == said[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_do_letters(language):
    import re

    from documents.rendering.pdf import letter_html

    tried = 0
    for slug in LETTERS:
        document = sample_document(slug, language)
        kind = kinds_of(Family.LETTER).get(document.kind)
        if kind is None:
            continue
        tried += 1
        built_in_page = letter_html(document)
        with override(language):
            wording = {name: text for name, text in kind.built_in().items() if text}
        document.facts = {**document.facts, FROZEN: wording}
        words = [
            re.sub(r"<[^>]*>", " ", page).split() for page in (built_in_page, letter_html(document))
        ]
        assert words[0] == words[1], slug
    assert tried >= len(OWNED_LETTERS)
