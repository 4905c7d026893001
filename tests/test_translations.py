"""Every word of the portal is there in French and Arabic, with the same gaps to fill."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"
GAP = re.compile(r"%\((\w+)\)[sd]")
ARABIC = re.compile("[\u0600-\u06ff]")


def catalogue(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def forms(text):
    return text if isinstance(text, tuple) else (text,)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_nothing_is_left_in_english(language):
    messages = catalogue(language)
    assert len(messages) > 1400
    assert [message.id for message in messages if message.fuzzy] == []
    assert [message.id for message in messages if not all(forms(message.string))] == []


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_translation_fills_the_gaps_of_its_sentence(language):
    wrong = []
    for message in catalogue(language):
        known = set(GAP.findall(" ".join(forms(message.id))))
        for form in forms(message.string):
            used = set(GAP.findall(form))
            one_form = not isinstance(message.id, tuple)
            if not used <= known or (one_form and used != known):
                wrong.append(message.id)
    assert wrong == []


def test_arabic_is_arabic():
    foreign = [
        message.id
        for message in catalogue("ar")
        if re.search("[a-z]{4}", " ".join(forms(message.id)))
        and not ARABIC.search(" ".join(forms(message.string)))
    ]
    names = {"THE NEXT SOCIETY, Cluster Booster Track"}
    assert [text for text in foreign if str(text) not in names] == []
