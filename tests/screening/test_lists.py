"""The EU list of sanctions: uploaded as XML or CSV, read by a worker, put in force by a person."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.content.sanctions import MADE_UP, sanctions_xml
from tests.making import today_there
from tests.people import log_in, person
from tests.screening.making import file_of, in_force, read
from vouchers.screening.actions.uploading import put_in_force, upload_list
from vouchers.screening.models import ListedEntity, ListedName, SanctionsList

pytestmark = pytest.mark.django_db

CSV_HEAD = (
    "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_SubjectType;"
    "Entity_Regulation_NumberTitle;Entity_Regulation_Programme;NameAlias_WholeName;"
    "NameAlias_NameLanguage;BirthDate_BirthDate\r\n"
)
CSV = (
    CSV_HEAD
    + "24/11/2026;13;EU.27.28;P;1210/2003 (OJ L169);IRQ;Farid Al-Mudarris;EN;\r\n"
    + "24/11/2026;13;EU.27.28;P;1210/2003 (OJ L169);IRQ;فريد المدرس;AR;\r\n"
    + "24/11/2026;13;EU.27.28;P;1210/2003 (OJ L169);IRQ;;;1961-04-28\r\n"
    + '24/11/2026;14;EU.28.29;E;1210/2003 (OJ L169);IRQ;"Imaginary; Shipping";EN;\r\n'
)


@pytest.fixture
def finance():
    return person(role="finance")


def test_an_xml_list_is_read_and_kept_with_its_day_and_hash(finance):
    found = read(sanctions_xml(date(2026, 11, 24)), by=finance)
    assert (found.state, found.fault, found.listed_on) == ("ready", "", date(2026, 11, 24))
    assert (found.entities, found.names) == (len(MADE_UP), sum(len(one[4]) for one in MADE_UP))
    assert (found.uploaded_by, len(found.sha256), found.in_force_at) == (finance, 64, None)
    first = ListedEntity.objects.order_by("pk").first()
    assert (first.reference, first.is_person, first.programme) == ("EU.9001.01", True, "ZZA")
    assert (first.births, first.regulation) == (["1961"], "0000/2026 (made up)")
    assert [one.name for one in first.aliases.order_by("pk")] == list(MADE_UP[0][4])


def test_a_csv_list_is_read_by_its_headings(finance):
    found = read(("\ufeff" + CSV).encode(), by=finance, name="list.csv")
    assert (found.form, found.fault, found.listed_on) == ("csv", "", date(2026, 11, 24))
    assert (found.entities, found.names) == (2, 3)
    person_, firm = ListedEntity.objects.order_by("pk")
    assert (person_.births, firm.is_person) == (["1961-04-28"], False)
    assert set(ListedName.objects.values_list("name", flat=True)) == {
        "Farid Al-Mudarris",
        "فريد المدرس",
        "Imaginary; Shipping",
    }


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-24">&b;</export>"""


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b" \n ", "file is empty"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "page of a web site"),
        (b"PK\x03\x04something", "packed file"),
        (BOMB, "DOCTYPE"),
        (b"\x89PNG\x00\x00", "no text"),
        (b"Hello, this is nothing", "neither the XML nor the CSV"),
    ],
)
def test_what_is_no_list_is_refused_at_once_with_what_to_do(finance, content, told):
    with pytest.raises(Refused, match=told) as refusal:
        upload_list(file_of(content), by=finance)
    assert refusal.value.field == "file"
    assert not SanctionsList.objects.exists()


WHOLE = sanctions_xml(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("content", "fault", "told"),
    [
        (
            b'<?xml version="1.0"?><Document xmlns="urn:iso"><a/></Document>',
            "other_xml",
            "Document",
        ),
        (WHOLE[: len(WHOLE) // 2], "cut", "cut off"),
        (b"<export <", "broken", "cannot be read as XML"),
        (WHOLE.replace(b"generationDate", b"made"), "no_date", "of which day"),
        (sanctions_xml(date(2026, 11, 24), ()), "no_names", "nobody"),
        # Beyond the first kilobytes, where the upload does not look.
        (
            b"<?xml version='1.0'?>" + b"<!-- " + b"x" * 5000 + b" -->" + BOMB[21:],
            "entities",
            "DOCTYPE",
        ),
        (CSV_HEAD.encode(), "no_names", "nobody"),
        (b"a;b;c\n1;2;3\n", "no_columns", "Entity_LogicalId"),
        (CSV.encode() + b'24/11/2026;15;EU.1;P;"cut', "cut", "cut off"),
        (CSV.encode() + b"24/11/2026;15;EU.1;P;x", "cut", "cut off"),
        (CSV.replace("24/11/2026", "soon").encode(), "no_date", "of which day"),
    ],
)
def test_what_the_worker_finds_wrong_is_said_on_the_page(client, finance, content, fault, told):
    found = read(content, by=finance)
    assert (found.state, found.fault) == ("ready", fault)
    assert not ListedEntity.objects.exists()
    page = log_in(client, finance).get(found.get_absolute_url()).content.decode()
    assert told in page
    with pytest.raises(OutOfOrder):
        put_in_force(found, by=finance)


def test_a_list_that_was_cut_can_be_uploaded_anew_and_a_good_one_once(finance):
    read(WHOLE[:300], by=finance)
    read(WHOLE[:300], by=finance)
    read(WHOLE, by=finance)
    with pytest.raises(Refused, match="uploaded already"):
        upload_list(file_of(WHOLE), by=finance)


def test_an_older_list_never_takes_the_place_of_a_newer_one(client, finance):
    current = in_force(finance)
    older = read(sanctions_xml(today_there() - timedelta(days=1)), by=finance)
    with pytest.raises(Refused, match="older one cannot"):
        put_in_force(older, by=finance)
    page = log_in(client, finance).get(older.get_absolute_url()).content.decode()
    assert "older one cannot take its place" in page
    assert "Put this list in force" not in page
    newer = in_force(finance, days=1, entries=MADE_UP[:2])
    assert newer.in_force_at > current.in_force_at
    assert SanctionsList.objects.count() == 3


def test_coordinators_and_finance_officers_upload_auditors_read_others_find_nothing(client):
    uploader = person(role="coordinator")
    found = read(WHOLE, by=uploader)
    url = reverse("screening:sanctions_lists")
    log_in(client, uploader)
    assert "Upload a list" in client.get(url).content.decode()
    bad = client.post(url, {"file": file_of(b"PK\x03\x04x")})
    assert "packed file" in bad.content.decode()
    sent = client.post(url, {"file": file_of(sanctions_xml(date(2026, 11, 25)))})
    assert sent["Location"] == SanctionsList.objects.order_by("-pk").first().get_absolute_url()
    log_in(client, person(role="auditor"))
    page = client.get(url)
    assert page.status_code == 200
    assert "Upload a list" not in page.content.decode()
    assert client.get(found.get_absolute_url()).status_code == 200
    with pytest.raises(NotAllowed):
        upload_list(file_of(WHOLE), by=person(role="auditor"))
    log_in(client, person(role="officer", country="LB"))
    for address in (url, found.get_absolute_url(), reverse("screening:download", args=[found.pk])):
        assert client.get(address).status_code == 404


def test_two_hundred_megabytes_are_refused_before_they_are_read(client, finance):
    log_in(client, finance)
    answer = client.post(
        reverse("screening:sanctions_lists"),
        b"--x\r\n",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 1024 * 1024),
    )
    assert answer.status_code == 413


def test_the_list_in_force_is_the_one_that_was_put_in_force_last(client, finance):
    found = in_force(finance)
    log_in(client, finance)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "in force" in page
    assert found.in_force_at <= timezone.now()
    assert "EU.9001.01" in page
