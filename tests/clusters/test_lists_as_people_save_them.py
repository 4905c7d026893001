"""Lists of members as Excel saves them in the programme's countries, and what is asked of them."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from clusters.models import MemberImport
from clusters.queries.tables import TwoWays, read_table
from clusters.rules.encodings import Letters, Lost, Unsure, decoded
from conduct.actions import Refused
from tests.clusters.listing import csv_file, preview, problem_of, rows, xlsx_file
from tests.people import log_in

CASES = Path(__file__).parent / "cases"
HEAD = "Name;Kind;Size;Town;Year of joining;Year of leaving\n"


def case(name):
    return SimpleUploadedFile(name, (CASES / name).read_bytes())


# --- Letters -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("CENTRE DE RÉÉDUCATION;FÈS", "cp1252"),
        ("Société générale d’à côté", "cp1252"),
        ("ÉCOLE DES MINES À ALÈS; ÎLE; ÇA; ÔTÉ", "cp1252"),
        ("Coopérative Œuvre; 25 €", "cp1252"),
        ("معصرة الزيتون;صفاقس", "cp1256"),
        ("معصرة الزيتون;Société Générale à Fès", "cp1256"),
        ("شركة2000;SARL", "cp1256"),
        ("Société شركة ÉTÉ", "utf-8"),
        ("Société شركة ÉTÉ", "utf-8-sig"),
        ("Société شركة ÉTÉ", "utf-16"),
    ],
)
def test_letters_are_told_by_the_company_they_keep(text, encoding):
    assert decoded(text.encode(encoding)) == text


MIXED = "ÉTÉ;".encode("cp1252") + "شركة".encode("cp1256")


def test_what_could_be_either_is_asked():
    with pytest.raises(Unsure) as unsure:
        decoded(MIXED)
    assert (unsure.value.french, unsure.value.arabic) == ("ÉTÉ", "ةTة")
    assert decoded(MIXED, Letters.FRENCH).startswith("ÉTÉ;")
    assert decoded(MIXED, Letters.ARABIC).endswith(";شركة")


@pytest.mark.parametrize(
    "content",
    ["Soci\ufffdt\ufffd".encode(), b"A\x81B\xe9", "a\ud800".encode("utf-16", "surrogatepass")],
)
def test_letters_that_were_lost_are_never_taken_for_letters(content):
    with pytest.raises(Lost):
        decoded(content)


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "mac_roman"])
@pytest.mark.parametrize("text", ["Société générale", "Algèbre", "Les Français", "Chênaie"])
def test_letters_of_another_system_are_told(text, encoding):
    """Excel offers “CSV (MS-DOS)” and “CSV (Macintosh)” beside its own."""
    with pytest.raises(Lost):
        decoded(f"Name;Kind\n{text};sme\n".encode(encoding))


FRENCH = st.text("ABCEÀÂÇÈÉÊËÎÏÔÙÛÜŒéèçà", min_size=2, max_size=12).filter(
    lambda word: any(letter in "ABCE" for letter in word)
)
ARABIC = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآ", min_size=2, max_size=12)


@example(["AÂŒ"])
@example(["ÛŒC", "ÂŒA"])
@given(st.lists(FRENCH, min_size=1))
def test_french_words_come_back_as_they_were(words):
    text = ";".join(words)
    assert decoded(text.encode("cp1252")) == text


@given(st.lists(ARABIC, min_size=1), st.lists(st.text("abcéèàç", min_size=1)))
def test_arabic_words_come_back_as_they_were_beside_small_french_letters(words, others):
    text = ";".join(words + others)
    assert decoded(text.encode("cp1256")) == text


@pytest.mark.django_db
def test_a_list_with_french_capitals_comes_in_as_it_was_written(client, manager, cluster):
    found = rows(preview(log_in(client, manager), cluster, case("cp1252-capitals.csv")))
    assert found[2].facts["name"] == "CENTRE DE RÉÉDUCATION"
    assert found[2].facts["town"] == "FÈS"
    assert found[3].facts["name"] == "Société"


@pytest.mark.django_db
def test_whoever_wrote_the_list_chooses_its_letters(client, manager, cluster):
    log_in(client, manager)
    content = f"{HEAD}A ÉTÉ;sme;;;;\n".encode("cp1252") + "شركة;sme;;;;\n".encode("cp1256")
    sentence = problem_of(client, cluster, SimpleUploadedFile("a.csv", content))
    assert "can be read in two ways: “ÉTÉ” or “ةTة”" in sentence
    upload = reverse("clusters:upload_list", args=[cluster.slug])
    chosen = {"file": SimpleUploadedFile("a.csv", content), "letters": "cp1252"}
    answer = client.post(upload, chosen)
    assert rows(client.get(answer.url))[2].facts["name"] == "A ÉTÉ"


@pytest.mark.django_db
def test_lost_letters_refuse_the_list(client, manager, cluster):
    log_in(client, manager)
    for file in (
        csv_file(f"{HEAD}Soci\ufffdt\ufffd;sme;;;;\n"),
        xlsx_file(["Name", "Kind"], ["Soci\ufffdt\ufffd", "sme"]),
    ):
        assert "Letters were lost when this file was saved: “" in problem_of(client, cluster, file)


# --- Cells ---------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_year_that_is_none_is_told_beside_its_row(client, manager, cluster):
    found = rows(preview(log_in(client, manager), cluster, case("year-superscript.csv")))
    assert found[2].problems == ["“2021²” under “Year of joining” is not a year, such as 2021."]
    assert not found[3].is_valid


def test_a_coloured_cell_far_below_is_nothing():
    assert read_table(case("xlsx-far.xlsx"))[1][:2] == ["A", "start-up"]
    assert len(read_table(case("xlsx-far.xlsx"))) == 2


def test_a_cell_far_out_with_something_in_it_is_refused():
    with pytest.raises(Refused, match="very far out"):
        read_table(xlsx_file(["Name", "Kind"], ["A", "sme"], far="A1048576"))


@pytest.mark.django_db
@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?"])
def test_what_a_spreadsheet_could_not_compute_is_told_beside_its_row(
    client, manager, cluster, error
):
    found = rows(
        preview(log_in(client, manager), cluster, csv_file(f"{HEAD}A;sme;;{error};;\nB;sme;;;;"))
    )
    assert found[2].problems == [
        f"“{error}” under “Town” is an error of the spreadsheet: write the value itself, or leave it "
        "empty."
    ]
    assert found[3].is_valid


@pytest.mark.django_db
def test_an_error_of_excel_itself_is_told_too(client, manager, cluster):
    found = rows(preview(log_in(client, manager), cluster, case("xlsx-na.xlsx")))
    assert "“#N/A” under “Year of joining” is an error" in found[2].problems[0]
    assert MemberImport.objects.get().rows != []


def test_two_ways_is_a_refusal():
    with pytest.raises(TwoWays):
        read_table(SimpleUploadedFile("a.csv", b"Name,Kind\n" + MIXED + b",sme\n"))
