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


# --- How French is set ----------------------------------------------------------------------------
BLANK = "[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"
# A clock time or an address has its colon without one.
BARE_MARK = re.compile(rf"(?<!{BLANK})(?<!\d)(?<!https)(?<!http)[:;?!»](?!//)|«(?!{BLANK})")
# What names fill. French elides before a vowel, and contracts before an article, so that no sentence
# may put them straight behind a word that does either: whoever is filled in, it must read well.
NAMES = (
    *("cluster", "clusters", "partner", "person", "provider", "payee", "rival", "name", "author"),
    *("inviter", "assessor", "role", "level", "held", "whose", "month", "reference", "country"),
    *("call", "criterion", "milestone", "section", "question", "application", "member", "who"),
)
UNELIDED = re.compile(
    rf"(?i)\b(de|du|que|le|la|si|jusque|lorsque|puisque) (<bdi>)?%\((?:{'|'.join(NAMES)})\)s"
)
# An institution has an article: «à Agence de Promotion» is no French, «au prestataire …» is.
WITHOUT_ARTICLE = re.compile(r"(?i)\b(à|de|en) %\((?:partner|payee|provider|whose|cluster)\)s")


def french():
    return [(message.id, form) for message in catalogue("fr") for form in forms(message.string)]


def test_french_marks_have_their_blank_before_them():
    assert [text for _english, text in french() if BARE_MARK.search(GAP.sub("x", text))] == []
    assert BARE_MARK.search("Motif:")
    assert BARE_MARK.search("Motif :")
    assert not BARE_MARK.search("à 08:00, voir «\xa0ici\xa0»\xa0: https://portail.example")


def test_french_elides_whoever_is_filled_in():
    assert [text for _english, text in french() if UNELIDED.search(text)] == []
    assert [text for _english, text in french() if WITHOUT_ARTICLE.search(text)] == []
    assert UNELIDED.search("le compte de %(person)s")
    assert not UNELIDED.search("le compte du prestataire %(provider)s")


def test_french_begins_as_its_english_does():
    """A state or a name of a field stands within a line: no capital there."""
    acronyms = ("BIC", "CSV", "IBAN", "InforEuro", "ISO", "NACE", "PDF", "RIB", "TVA", "URL")
    wrong = []
    for message in catalogue("fr"):
        english, said = forms(message.id)[0], forms(message.string)[0]
        if english[0].islower() and said[0].isupper() and not said.startswith(acronyms):
            wrong.append((english, said))
    assert wrong == []


# --- Right words, one by one ----------------------------------------------------------------------
SAID = [
    ("fr", "Claim", "Demande de paiement"),
    ("fr", "Claims", "Demandes de paiement"),
    ("fr", "approved", "approuvé"),
    ("fr", "submitted", "envoyé"),
    ("fr", "accepted", "accepté"),
    ("fr", "returned", "à corriger"),
    ("fr", "Closes in %(time)s", "Clôture dans %(time)s"),
    ("fr", "What the cluster did with the voucher", "Utilisation du bon par le cluster"),
    ("fr", "Separation of duties", "Séparation des fonctions"),
    ("ar", "Award letter", "خطاب المنح"),
    ("ar", "Refusal letter", "خطاب الرفض"),
    ("ar", "Reserve-list letter", "خطاب قائمة الاحتياط"),
    ("ar", "Ineligibility letter", "خطاب عدم الأهلية"),
    ("ar", "Bank", "المصرف"),
    ("ar", "Calls", "دعوات تقديم الطلبات"),
    ("ar", "Open calls", "دعوات تقديم الطلبات المفتوحة"),
    ("ar", "Invitations", "الدعوات"),
    ("ar", "Claim", "طلب الدفع"),
]


@pytest.mark.parametrize(("language", "english", "said"), SAID)
def test_a_thing_is_called_as_the_field_calls_it(language, english, said):
    found = {message.id: message.string for message in catalogue(language) if not message.context}
    assert found[english] == said


ONE_WORD = [
    # What English says, what Arabic says for it wherever it does, and what it never says.
    (r"\b[Pp]rogrammes?\b(?! time)", "برنامج|البرامج", "بروغرام"),
    (r"\b[Bb]anks?\b", "مصرف|مصارف", "بنك|بنوك"),
    (
        r"\b([Aa]ward|[Rr]efusal|[Rr]eserve-list|[Ii]neligibility|attached) letter",
        "خطاب",
        "كتاب المنح",
    ),
    (r"\b[Cc]laims?\b(?! less)", "", "المطالبة (?!ب)|مطالبة (?!ب)"),
    (r"\b[Cc]alls\b", "دعوات تقديم الطلبات", "نداء|دفتر الأستاذ"),
]


@pytest.mark.parametrize(("english", "arabic", "never"), ONE_WORD)
def test_arabic_has_one_word_for_one_thing(english, arabic, never):
    texts = [(" ".join(forms(m.id)), " ".join(forms(m.string))) for m in catalogue("ar")]
    about = [(said, text) for said, text in texts if re.search(english, said)]
    assert len(about) > 5
    assert [pair for pair in about if not re.search(arabic, pair[1])] == []
    assert [text for _said, text in texts if re.search(never, text)] == []


# Whoever reads is spoken to in the plural: these words speak to one man.
TO_ONE_MAN = re.compile(
    r"(?<![\u0621-\u0652])(?:[وف])?(?:اختر|اذكر|ضع علامة|انظر|ضيّق|أنت|يمكنك|لديك|حسابك|ملفك|اسمك|توقيعك"
    r"|قسيمتك|شريكك|دعوتك|ملاحظاتك|تطبيقك|دورك|عليك|إليك|لا تؤكّد|لا تعتمد|هل تريد)(?![\u0621-\u0652])"
)
NUMBER_AFTER_ITS_WORD = re.compile(r"\(%\((?:number|days|said|shown|least|count|needed)\)s\)")


def test_arabic_speaks_to_everybody_in_the_plural():
    found = [form for message in catalogue("ar") for form in forms(message.string)]
    assert [text for text in found if TO_ONE_MAN.search(text)] == []
    assert TO_ONE_MAN.search("اختر دعوة")
    assert not TO_ONE_MAN.search("اختاروا دعوة، ولديكم يومان")


def test_arabic_says_one_and_two_by_the_word_alone():
    """يوم واحد, not يوم واحد (1)."""
    several = [message for message in catalogue("ar") if isinstance(message.id, tuple)]
    assert len(several) > 100
    few = [form for message in several for form in forms(message.string)[:3]]
    assert [text for text in few if NUMBER_AFTER_ITS_WORD.search(text)] == []


def test_an_amount_within_an_arabic_sentence_stays_whole():
    """A number beside its currency is isolated: U+2066 … U+2069, or markup where there is some."""
    beside = re.compile(r"(%\(\w+\)s|%%s|\d) (%\(currency\)s|EUR)|EUR = ")
    isolated = re.compile("\N{LEFT-TO-RIGHT ISOLATE}[^\u2066-\u2069]*\N{POP DIRECTIONAL ISOLATE}")
    found = [form for message in catalogue("ar") for form in forms(message.string)]
    assert sum(bool(beside.search(text)) for text in found) > 5
    assert [text for text in found if beside.search(isolated.sub("", text))] == []


def test_english_says_it_as_the_field_does(texts_of_the_code):
    texts = {text if isinstance(text, str) else text[0] for _context, text in texts_of_the_code}
    for right in (
        "Return the claim",
        "Separation of duties",
        "Remaining",
        "%(amount)s remaining",
        "Verify a document",
        "Messages sent to clusters",
        "This document was issued electronically and is valid without a handwritten signature.",
    ):
        assert right in texts
    together = "\n".join(texts)
    assert "The deadline is %(deadline)s." in together
    assert "shall first seek an amicable settlement" in together
    for wrong in (
        *(r"\b[Gg]iv(e|es|en|ing) (the claim |it |them )?back\b",),
        *("[Ss]till free", "holds without a handwritten", "settled by talking", "own person"),
        *("What clusters were sent", "[Cc]heck a letter"),
    ):
        assert re.search(wrong, together) is None, wrong
