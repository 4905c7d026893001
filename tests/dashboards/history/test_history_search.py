"""The history of all rooms as auditors search it: by person, record, action and period."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.actions import grant_role, revoke_role
from accounts.models import Role
from conduct.models import Trace
from conduct.models.tracing import event_models, traced_tables
from dashboards.history.kinds import FAMILIES, GATHERING, PERSONAL, family_of, kinds_of
from dashboards.history.queries.traces import traces_visible_to
from tests.making import applied_story, voucher_story
from tests.people import log_in, person
from vouchers.applications.models import Application, Recusal

LIST = reverse("dashboards:history")


@pytest.fixture
def told(db):
    return voucher_story("verified 0")


@pytest.fixture
def auditor(told, client):
    found = person(role=Role.AUDITOR)
    log_in(client, found)
    return found


def shown(client, at=LIST, **address):
    return client.get(at, address).content.decode()


def deeds(client, at=LIST, **address):
    return client.get(at, address).context["rows"]


def test_every_event_has_its_trace_and_every_kind_its_family(told):
    found = 0
    for kind, model in event_models().items():
        events = model._base_manager.count()
        found += bool(events)
        assert Trace.objects.filter(kind=kind).count() == events, kind
        if kind not in PERSONAL:
            assert family_of(kind, model.pgh_tracked_model) in FAMILIES
    assert found > 40
    searched = [kind for kinds in kinds_of().values() for kind in kinds]
    assert sorted(searched) == sorted({*event_models()} - PERSONAL)


def test_the_triggers_are_known_again_whatever_the_search_path(db):
    every = {model._meta.db_table for model in event_models().values()}
    with connection.cursor() as cursor:
        assert traced_tables(cursor) == every
        cursor.execute("SET LOCAL search_path TO pg_catalog")
        assert traced_tables(cursor) == every


def test_an_action_has_one_instant_and_its_place_in_the_list(told):
    deeds = Trace.objects.order_by().values("deed").annotate(instants=Count("at", distinct=True))
    assert deeds.filter(instants__gt=1).count() == 0


def test_what_belongs_to_a_voucher_is_known_by_its_application(told):
    application = told.voucher.award.application
    claim = told.voucher.claims.get()
    trace = Trace.objects.filter(kind="claim", record=str(claim.pk)).first()
    assert (trace.application, trace.call, trace.country) == (
        application.pk,
        application.call_id,
        application.country_id,
    )


def test_the_newest_comes_first_and_says_who_did_what_to_which_record(client, told, auditor):
    rows = deeds(client, action="Claim verified")
    assert [row.label for row in rows] == ["Claim verified"]
    assert rows[0].who == told.officer
    page = shown(client, action="Claim verified")
    assert told.voucher.reference in page
    assert "Claim verified" in page
    moments = [row.at for row in deeds(client)]
    assert moments == sorted(moments, reverse=True)


def test_a_person_is_found_by_name_or_address_and_the_portal_by_choice(client, told, auditor):
    for typed in (told.officer.full_name, told.officer.email, told.officer.full_name.upper()):
        rows = deeds(client, person=typed)
        assert rows
        assert {row.who for row in rows} == {told.officer}
    portal, people = deeds(client, by="portal"), deeds(client, by="people")
    assert portal
    assert {row.who for row in portal} == {None}
    assert not any(row.is_unnamed for row in portal)
    assert people
    assert all(row.who is not None for row in people)


def test_a_reference_is_read_in_any_digits_and_one_that_is_not_there_finds_nothing(
    client, told, auditor
):
    reference = told.voucher.reference
    arabic = reference.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    expected = {row.pk for row in deeds(client, reference=reference)}
    assert expected
    assert {row.pk for row in deeds(client, reference=arabic)} == expected
    assert {row.pk for row in deeds(client, reference=reference.lower().replace("-", " "))} == (
        expected
    )
    assert not deeds(client, reference="SUV-2026-LB-9999")
    assert "Nothing matches" in shown(client, reference="nonsense%_")


def test_kind_and_country_narrow_it(client, told, auditor):
    application = told.voucher.award.application
    claims = deeds(client, kind="claim")
    assert claims
    for row in claims:
        assert {one.trace.kind for one in row.told} <= set(kinds_of()["claim"])
    there = deeds(client, country=application.country_id)
    assert there
    for row in there:
        assert {one.trace.country for one in row.told} == {application.country_id}
    assert not deeds(client, country="TN", kind="claim")


def test_a_period_has_both_its_ends_on_the_clock_of_the_reader(client, told, auditor):
    auditor.time_zone = "Asia/Beirut"
    auditor.save()
    newest = Trace.objects.order_by("-at").first().at
    from zoneinfo import ZoneInfo

    day = newest.astimezone(ZoneInfo("Asia/Beirut")).date()
    rows = deeds(client, done_from=day.isoformat(), done_until=day.isoformat())
    assert newest in {row.at for row in rows}
    later = (day + timedelta(days=1)).isoformat()
    assert not deeds(client, done_from=later)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ({"done_from": "2026-11-20", "done_until": "2026-11-01"}, "before the first one"),
        ({"done_from": "0001-01-01"}, "is-invalid"),
        ({"done_until": "9999-12-31"}, "is-invalid"),
        ({"kind": "nonsense"}, "nonsense"),
        ({"person": "n" * 300}, "is-invalid"),
        ({"country": "9" * 30}, "is-invalid"),
    ],
)
def test_what_cannot_be_read_says_so_at_its_field_and_is_kept(client, auditor, address, sentence):
    page = client.get(LIST, address)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    for value in address.values():
        if value not in ("nonsense", "9" * 30):
            assert value in page.content.decode()


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", "ـ", " ", "<b>"])
def test_marks_are_letters_like_others(client, auditor, typed):
    for name in ("person", "action", "reference"):
        assert client.get(LIST, {name: typed}).status_code == 200


@pytest.mark.parametrize("edge", ["1", "x" * 40, "d4ff6f01-e9c4-4ad4-be00-93b0988a6e41", "١", ""])
def test_a_forged_place_in_the_list_leads_to_the_first_page(client, auditor, edge):
    first = [row.pk for row in deeds(client)]
    assert [row.pk for row in deeds(client, after=edge)] == first
    assert [row.pk for row in deeds(client, before=edge)] == first


def test_pages_follow_one_another_without_a_gap_and_lead_back(client, auditor):
    page = client.get(LIST).context["page"]
    seen, pages = [row.pk for row in page], [[row.pk for row in page]]
    while page.after:
        page = client.get(LIST, {"after": str(page.after)}).context["page"]
        pages.append([row.pk for row in page])
        seen += pages[-1]
    assert len(seen) == len(set(seen))
    decided = traces_visible_to(auditor).filter(is_step=False).exclude(action=GATHERING)
    assert set(seen) == set(decided.values_list("deed", flat=True))
    back = client.get(LIST, {"before": str(pages[2][0])}).context["page"]
    assert [row.pk for row in back] == pages[1]


def test_an_action_shows_all_that_it_changed_and_its_links_lead_somewhere(client, told, auditor):
    led = {}
    newest = traces_visible_to(auditor).order_by("kind", "-at").distinct("kind")
    for trace in newest:
        answer = client.get(reverse("dashboards:deed", args=[trace.deed]))
        assert answer.status_code == 200, trace.kind
        led |= {one.trace.kind: one.url for one in answer.context["deed"].told if one.url}
    answers = {kind: client.get(url).status_code for kind, url in led.items()}
    assert len(led) > 15
    assert {kind for kind, status in answers.items() if status != 200} == set()
    verified = deeds(client, action="Claim verified")[0]
    page = shown(client, reverse("dashboards:deed", args=[verified.pk]))
    assert "submitted" in page
    assert "verified" in page


def test_accounts_are_masked(client, told, auditor):
    account = told.provider.accounts.get()
    at = reverse("dashboards:history_of", args=["provideraccount", account.pk])
    rows = deeds(client, at)
    assert rows
    for row in rows:
        page = shown(client, reverse("dashboards:deed", args=[row.pk]))
        assert account.account not in page
        assert account.account[-4:] in page
    exported = client.get(LIST, {"export": "csv", "kind": "account"})
    lines = b"".join(exported.streaming_content).decode()
    assert account.account not in lines
    assert account.account[-4:] in lines


def test_what_a_conflict_shuts_off_is_not_theirs_to_search(client, told, auditor):
    application = told.voucher.award.application
    of_it = traces_visible_to(auditor).filter(application=application.pk)
    assert of_it.exists()
    Recusal.objects.create(application=application, person=auditor, reason="My cousin.")
    assert not of_it.exists()
    assert not deeds(client, reference=told.voucher.reference)


@pytest.mark.django_db
def test_an_application_that_nobody_has_sent_is_nobodys_to_search():
    draft = Application.objects.get(call=applied_story(stage="begun").call)
    auditor = person(role=Role.AUDITOR)
    assert Trace.objects.filter(application=draft.pk).exists()
    assert not traces_visible_to(auditor).filter(application=draft.pk).exists()


def test_the_page_of_a_record_leads_to_its_history(client, told, auditor):
    page = shown(client, reverse("dashboards:voucher", args=[told.voucher.pk]))
    at = reverse("dashboards:history_of", args=["award", told.voucher.award.pk])
    at_voucher = reverse("dashboards:history_of", args=["voucher", told.voucher.pk])
    assert at in page or at_voucher in page
    claim = told.voucher.claims.get()
    at = reverse("dashboards:history_of", args=["claim", claim.pk])
    assert at in shown(client, claim.get_absolute_url())
    assert "Claim verified" in shown(client, at)
    log_in(client, told.officer)
    assert at not in shown(client, claim.get_absolute_url())


def test_an_administrator_searches_accounts_and_roles_alone(client, told):
    log_in(client, person(role=Role.ADMINISTRATOR))
    allowed = {*kinds_of()["role"], *kinds_of()["person"]}
    rows = deeds(client)
    assert rows
    assert {one.trace.kind for row in rows for one in row.told} <= allowed
    claim = Trace.objects.filter(kind="claim").first()
    assert client.get(reverse("dashboards:deed", args=[claim.deed])).status_code == 404


def test_a_file_has_a_line_for_each_record_of_that_very_view(client, told, auditor):
    answer = client.get(LIST, {"export": "csv", "action": "Claim verified"})
    lines = list(
        csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    )
    found = traces_visible_to(auditor).filter(action="verify_claim")
    assert len(lines) == found.count()
    assert {line["action"] for line in lines} == {"Claim verified"}
    assert told.officer.email in {line["email"] for line in lines}
    assert client.get(LIST, {"export": "xlsx"}).status_code == 200
    assert client.get(LIST, {"export": "docx"}).status_code == 404


def test_a_page_takes_the_same_few_queries_however_much_there_is(
    client, told, auditor, django_assert_max_num_queries
):
    with django_assert_max_num_queries(18):
        client.get(LIST)
    with django_assert_max_num_queries(18):
        client.get(LIST, {"kind": "assistance", "person": told.officer.full_name})


def test_what_happens_now_is_found_at_once(client, told, auditor):
    before = timezone.now()
    administrator = person(role=Role.ADMINISTRATOR)
    grant = grant_role(person(), Role.AUDITOR, by=administrator)
    revoke_role(grant, by=administrator, reason="For the audit of spring")
    row = deeds(client)[0]
    assert row.at >= before
    assert row.why == "For the audit of spring"
