"""Every word of the portal is there in French and Arabic, with the same gaps to fill."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
# The rooms, wherever they are: each folder that is a Python package, but for the tests.
CODE = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
GAP = re.compile(r"%\((\w+)\)[sd]")
ARABIC = re.compile("[\u0600-\u06ff]")


def catalogue(language, folder=LOCALE):
    with (folder / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def named(messages):
    return {(message.context, message.id) for message in messages}


def forms(text):
    return text if isinstance(text, tuple) else (text,)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_nothing_is_left_in_english(language):
    messages = catalogue(language)
    assert len(messages) > 1400
    assert [message.id for message in messages if message.fuzzy] == []
    assert [message.id for message in messages if not all(forms(message.string))] == []


@pytest.fixture(scope="module")
def texts_of_the_code(tmp_path_factory):
    """Every text that is marked for translation, as gettext collects it from a copy of the tree."""
    copy = tmp_path_factory.mktemp("tree")
    for name in ("locale", "templates", *sorted(CODE)):
        shutil.copytree(ROOT / name, copy / name)
    collect = "from django.core.management import execute_from_command_line as run; run()"
    options = ("--locale", "fr", "--no-obsolete", "--verbosity", "0")
    subprocess.run(
        [sys.executable, "-c", collect, "makemessages", *options],
        check=True,
        cwd=copy,
        env={**os.environ, "TESTING": "1", "PYTHONPATH": str(ROOT)},
    )
    return named(catalogue("fr", copy / "locale"))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_text_of_the_code_is_in_the_catalogue(language, texts_of_the_code):
    known = named(catalogue(language))
    assert sorted(map(str, texts_of_the_code - known)) == [], "make words, and translate"
    assert sorted(map(str, known - texts_of_the_code)) == [], "make words drops what is not used"


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
        if re.search("[a-z]{4}", GAP.sub("", " ".join(forms(message.id))))
        and not ARABIC.search(" ".join(forms(message.string)))
    ]
    names = {"THE NEXT SOCIETY, Cluster Booster Track"}
    assert [text for text in foreign if str(text) not in names] == []
