"""Lists of members that are uploaded: read, looked at row by row, taken over."""

import csv
import zipfile
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clusters.actions import enter_member, keep_list, take_over_list
from clusters.models import MemberImport, Representative
from clusters.queries.tables import MOST_ROWS, read_table
from conduct.actions import Refused
from tests.clusters.listing import (
    HEAD,
    csv_file,
    page,
    preview,
    problem_of,
    rows,
    xlsx_file,
)
from tests.people import log_in, person

pytestmark = pytest.mark.django_db


# --- Lists ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "file",
    [
        csv_file(f"{HEAD}\nÉcole,university,,Fès,2020,\n", "utf-8-sig"),
        csv_file(f"sep=;\n{HEAD}\nÉcole,university,,Fès,2020,\n".replace(",", ";"), "cp1252"),
        csv_file(f"{HEAD}\nÉcole,university,,Fès,2020,\n".replace(",", "\t"), "utf-16"),
        xlsx_file(HEAD.split(","), ["École", "university", None, "Fès", 2020, None]),
    ],
    ids=["csv, utf-8 with BOM", "csv of Excel, windows-1252", "tabs, utf-16", "xlsx"],
)
def test_lists_of_every_kind_are_read(client, manager, cluster, file):
    file.seek(0)
    log_in(client, manager)
    shown = preview(client, cluster, file)
    assert (shown.context["valid"], shown.context["faulty"], shown.context["duplicates"]) == (
        1,
        0,
        0,
    )
    client.post(page(cluster, "take_list_over", MemberImport.objects.get().pk))
    member = cluster.members.get()
    assert (member.name, member.kind, member.town, member.joined) == (
        "École",
        "university",
        "Fès",
        2020,
    )


def test_an_arabic_list_in_windows_1256_is_read(client, manager, cluster):
    log_in(client, manager)
    shown = preview(
        client, cluster, csv_file(f"{HEAD}\nمعصرة الزيتون,sme,,صفاقس,2020,\n", "cp1256")
    )
    assert rows(shown)[2].typed["name"] == "معصرة الزيتون"
    assert shown.context["valid"] == 1


def test_a_french_list_in_windows_1252_keeps_its_small_accents():
    [_head, row] = read_table(csv_file("Name,Kind\nSociété générale d’à côté,sme\n", "cp1252"))
    assert row[0] == "Société générale d’à côté"


def test_every_bad_row_is_told_with_its_number_and_sentence_and_nothing_is_saved(
    client, manager, cluster
):
    enter_member(cluster, name="Old Mill", kind="sme", by=manager)
    log_in(client, manager)
    shown = preview(
        client,
        cluster,
        csv_file(
            f"{HEAD}\n"
            "Good Firm,SME,small (10 to 49),Sfax,2020,\n"
            ",sme,,,,\n"
            "No Kind,,,,,\n"
            "Odd Kind,castle,,,,\n"
            "Odd Year,sme,,,soon,\n"
            "Back in Time,sme,,,2022,2019\n"
            "old  mill,sme,,,,\n"
            "good firm,start-up,,,,\n"
        ),
    )
    found = rows(shown)
    assert found[2].problems == []
    assert found[3].problems == ["The name is missing."]
    assert found[4].problems == ["The kind is missing."]
    assert "“castle” is not known under “Kind”. Known are: start-up, SME" in found[5].problems[0]
    assert found[6].problems == ["“soon” under “Year of joining” is not a year, such as 2021."]
    assert found[7].problems == ["A member cannot leave before the year of joining."]
    assert found[8].problems == ["A current member of this name is entered already."]
    assert found[9].problems == ["The same name stands in row 2 of the list."]
    assert (shown.context["valid"], shown.context["faulty"], shown.context["duplicates"]) == (
        1,
        5,
        2,
    )
    assert [member.name for member in cluster.members.all()] == ["Old Mill"]
    html = shown.content.decode()
    assert "castle" in html, "what was typed is shown"
    client.post(page(cluster, "take_list_over", MemberImport.objects.get().pk))
    assert sorted(cluster.members.values_list("name", flat=True)) == ["Good Firm", "Old Mill"]
    assert not MemberImport.objects.exists()


def test_a_list_that_lost_its_last_valid_row_meanwhile_enters_nobody(manager, cluster):
    waiting = keep_list(
        cluster,
        file_name="a.csv",
        rows=[{"number": "2", "name": "Mill", "kind": "sme"}],
        by=manager,
    )
    enter_member(cluster, name="Mill", kind="sme", by=manager)
    with pytest.raises(Refused, match="No row"):
        take_over_list(waiting, by=manager)
    assert cluster.members.count() == 1


def test_a_newer_list_takes_the_place_of_the_one_that_waits(client, manager, cluster):
    log_in(client, manager)
    preview(client, cluster, csv_file(f"{HEAD}\nOne,sme,,,,\n"))
    preview(client, cluster, csv_file(f"{HEAD}\nTwo,sme,,,,\n"))
    waiting = MemberImport.objects.get()
    assert waiting.rows[0]["name"] == "Two"
    client.post(page(cluster, "discard_list", waiting.pk))
    assert not MemberImport.objects.exists()
    assert not cluster.members.exists()


def test_the_template_has_the_headings_and_can_be_uploaded_as_it_is(client, manager, cluster):
    log_in(client, manager)
    file = client.get(page(cluster, "list_template"))
    assert file["Content-Disposition"] == 'attachment; filename="members.csv"'
    text = file.content.decode("utf-8-sig")
    assert next(csv.reader(StringIO(text))) == HEAD.split(",")
    assert preview(client, cluster, csv_file(text)).context["valid"] == 1


# --- Files that are none -------------------------------------------------------------------------
def bomb():
    """A workbook whose sheet unpacks to far more than its size."""
    file = BytesIO(xlsx_file(["Name"]).read())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"<x>" + b" " * 60_000_000 + b"</x>")
    return SimpleUploadedFile("members.xlsx", file.getvalue())


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (csv_file(""), "empty"),
        (csv_file(HEAD), "needs a row of headings and a row below"),
        (csv_file("Firm,Trade\nMill,sme\n"), "Missing: Name, Kind"),
        (csv_file("%PDF-1.4\nName,Kind\n"), "neither a CSV file nor an Excel workbook"),
        (SimpleUploadedFile("a.csv", b"Name\x00,Kind\nMill,sme\n"), "neither a CSV file"),
        (csv_file("Name,Kind\n" + "Mill,sme\n" * (MOST_ROWS + 1)), "at most 5000"),
        (csv_file("Name,Kind\n" + "x" * (2 * 1024**2)), "at most 2.0"),
        (csv_file('Name,Kind\n"' + "x" * 200_000), "cannot be read as CSV"),
        (bomb(), "ZIP bomb"),
        (SimpleUploadedFile("a.xlsx", b"PK\x03\x04 not really"), "neither a CSV file"),
        (xlsx_file(["Name", "Kind"], ["Mill", "sme"], far="XFD1048576"), "very far out"),
    ],
    ids=[
        "empty",
        "headings alone",
        "other headings",
        "a PDF by another name",
        "not text",
        "too many rows",
        "too large",
        "an endless cell",
        "a ZIP bomb",
        "no workbook",
        "a cell far out",
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(
    client, manager, cluster, file, sentence
):
    file.seek(0)
    log_in(client, manager)
    assert sentence in problem_of(client, cluster, file).replace("\xa0", " ")


def test_a_list_belongs_to_whoever_uploaded_it(client, manager, cluster):
    waiting = keep_list(
        cluster, file_name="a.csv", rows=[{"number": "2", "name": "M", "kind": "sme"}], by=manager
    )
    editor = person()
    Representative.objects.create(cluster=cluster, user=editor, level="editor")
    log_in(client, editor)
    assert client.get(page(cluster, "list_preview", waiting.pk)).status_code == 404
    assert client.post(page(cluster, "take_list_over", waiting.pk)).status_code == 404
