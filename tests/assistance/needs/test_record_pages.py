"""The pages on which a record of needs is written, read, remarked on and confirmed."""

import json

import pytest
from django.urls import reverse

from tests.assistance.needs.record import confirmed, shared, standing, written
from tests.making import MA, voucher_story
from tests.people import log_in
from vouchers.assistance.needs import actions, queries
from vouchers.assistance.needs.models import NeedsRecord

pytestmark = pytest.mark.django_db


def address(name, record):
    return reverse(f"needs:{name}", args=[record.pk])


def typed(record, **changed):
    """What the editor sends without a change, with `changed` besides."""
    fields = {"decisions": record.decisions, "seen_0": record.decisions_version}
    for need in record.needs.all():
        for name in ("what", "priority", "evidence", "existing"):
            fields[f"{name}_{need.pk}"] = getattr(need, name)
        fields[f"seen_{need.pk}"] = need.version
    return {**fields, **changed}


def test_the_whole_way_works_without_a_script(client):
    told = voucher_story()
    log_in(client, told.officer)
    client.post(reverse("needs:begin", args=[told.voucher.pk]))
    record = told.voucher.needs_records.get()
    need = record.needs.get(theme__code="digital")
    page = client.post(
        address("write", record), typed(record, **{f"what_{need.pk}": "A shop"}, go="share")
    )
    assert page.url == address("share", record)
    assert "A shop" in client.get(page.url).content.decode()
    client.post(page.url)
    log_in(client, told.manager)
    client.post(address("record", record), {"go": "confirm", "seen": "1"})
    log_in(client, told.officer)
    client.post(address("record", record), {"go": "confirm", "seen": "1"})
    assert [need.what for need in queries.needs_in_force(told.voucher)] == ["A shop"]


def test_buttons_of_the_editor_save_first(client):
    told = voucher_story()
    record = written(told)
    log_in(client, told.officer)
    theme = record.needs.first().theme
    page = client.post(
        address("write", record),
        typed(record, decisions="Decided", go=f"add-{theme.pk}"),
    )
    added = record.needs.filter(theme=theme).last()
    assert page.url.endswith(f"#need-{added.pk}")
    assert standing(record).decisions == "Decided"
    client.post(address("write", record), typed(standing(record), go=f"remove-{added.pk}"))
    assert not record.needs.filter(pk=added.pk).exists()


def test_what_somebody_else_changed_stands_beside_what_was_typed(client):
    told = voucher_story()
    record = written(told)
    need = record.needs.get(what="Export plans")
    late = typed(record, **{f"what_{need.pk}": "Mine"})
    log_in(client, told.officer)
    client.post(address("write", record), typed(record, **{f"what_{need.pk}": "Theirs"}))
    page = client.post(address("write", record), late)
    shown = page.content.decode()
    assert "Mine" in shown
    assert "Theirs" in shown
    assert record.needs.get(pk=need.pk).what == "Theirs"


def test_it_saves_itself(client):
    told = voucher_story()
    record = written(told)
    need = record.needs.get(what="Export plans")
    log_in(client, told.officer)
    sent = {
        **typed(record),
        f"what_{need.pk}": "Export, at once",
        "person": told.officer.pk,
    }
    answer = client.post(address("save", record), sent)
    assert answer.status_code == 200
    assert json.loads(answer.content)["saved"][str(need.pk)] == need.version + 1
    late = {**sent, f"what_{need.pk}": "Something else"}
    overtaken = json.loads(client.post(address("save", record), late).content)["overtaken"]
    assert [part["rows"][0]["what"] for part in overtaken] == ["Export, at once"]
    actions.share_record(standing(record), by=told.officer)
    assert client.post(address("save", record), sent).status_code == 410


def test_the_cluster_remarks_and_loses_nothing_that_it_typed(client):
    told = voucher_story()
    record = shared(told)
    need = record.needs.first()
    log_in(client, told.manager)
    words = {f"remark_{need.key}": "More urgent", "seen": "1"}
    refused = client.post(address("record", record), {**words, "go": "confirm"})
    assert "More urgent" in refused.content.decode()
    assert standing(record).cluster_confirmed_by is None
    stale = client.post(address("record", record), {**words, "seen": "7", "go": "remark"})
    assert "More urgent" in stale.content.decode()
    client.post(address("record", record), {**words, "go": "remark"})
    assert record.remarks.get().text == "More urgent"
    log_in(client, told.officer)
    assert "More urgent" in client.get(address("record", record)).content.decode()


def test_a_draft_is_hidden_from_the_cluster_and_everything_from_another_country(client):
    told = voucher_story()
    record = written(told)
    log_in(client, told.manager)
    names = ("record", "write", "share")
    assert [client.get(address(name, record)).status_code for name in names] == [404] * 3
    log_in(client, told.cast.officer(MA.country))
    assert [client.get(address(name, record)).status_code for name in names] == [404] * 3


def test_a_correction_shows_what_it_changes(client):
    told = voucher_story()
    first = confirmed(told)
    log_in(client, told.officer)
    client.post(address("correct", first), {"reason": "A need was urgent."})
    second = NeedsRecord.objects.get(number=2)
    need = second.needs.get(what="A catalogue on the web")
    client.post(address("write", second), typed(second, **{f"priority_{need.pk}": "high"}))
    actions.share_record(standing(second), by=told.officer)
    log_in(client, told.manager)
    shown = client.get(address("record", second)).content.decode()
    assert "A need was urgent." in shown
    assert "<del>low</del>" in shown
