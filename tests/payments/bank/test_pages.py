"""The pages of what the bank says: from the desk in two clicks, with a preview before anything moves."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demonstration.story.paying import exported
from tests.payments.bank.making import ACCOUNT, booked, read, said, stranger, taken, word
from tests.payments.batches.holding import held
from tests.people import log_in, person
from vouchers.payments.bank.models import BankFile, CsvMapping, StatementLine

pytestmark = pytest.mark.django_db


def html(client, who, name, *args):
    return log_in(client, who).get(reverse(f"bank:{name}", args=args)).content.decode()


def uploaded(client, who, content, name="answer.xml", **more):
    log_in(client, who)
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("bank:upload"), {"upload": file, **more}, follow=True)


def test_upload_look_take_in_confirm(client, twice, batch):
    officer = twice.cast.finance[1]
    first, second = batch.payments.order_by("instruction")
    answer = uploaded(client, officer, said(booked(first, 1), booked(second, 2)))
    page = answer.content.decode()
    assert "Nothing has moved yet" in page
    assert first.reference in page
    assert not StatementLine.objects.exists()
    file = BankFile.objects.get()
    client.post(reverse("bank:file", args=[file.pk]), {"take": "yes"})
    statement = file.statements.get()
    page = html(client, officer, "statement", statement.pk)
    assert "to the cent" in page
    keys = [line.pk for line in statement.lines.all()]
    client.post(reverse("bank:confirm", args=[statement.pk]), {"line": keys})
    assert held(twice.voucher, "bank") == batch.total
    assert "matched" in html(client, officer, "line", keys[0])
    batch_page = client.get(batch.get_absolute_url()).content.decode()
    assert reverse("bank:line", args=[keys[0]]) in batch_page


def test_the_wrong_file_is_called_by_its_name(client, twice, batch):
    page = uploaded(client, twice.cast.finance[1], b"%PDF-1.4").content.decode()
    assert "This is a PDF" in page
    assert not BankFile.objects.exists()


def test_what_the_bank_has_not_confirmed_is_two_clicks_from_the_desk(client, twice, batch):
    officer = twice.cast.finance[1]
    home = log_in(client, officer).get(reverse("dashboards:home"), follow=True).content.decode()
    assert reverse("bank:unconfirmed") in home
    assert "The bank has said nothing yet." in html(client, officer, "unconfirmed")
    first, second = batch.payments.order_by("instruction")
    taken(word(batch, (first, "ACCP", ""), (second, "RJCT", "AC04")), twice)
    page = html(client, officer, "unconfirmed")
    assert first.reference in page
    assert second.reference not in page
    batch_page = client.get(batch.get_absolute_url()).content.decode()
    assert "The account of the payee is closed. (AC04)" in batch_page


def test_a_line_is_set_aside_chosen_or_charged(client, twice, batch):
    officer = twice.cast.finance[1]
    payment = batch.payments.first()
    taken(said(stranger(), booked(payment, 2, end_to_end_id="SOMEBODY-ELSE")), twice)
    other, line = StatementLine.objects.order_by("position")
    log_in(client, officer)
    client.post(reverse("bank:aside", args=[other.pk]), {"reason": "Of another programme."})
    assert "Of another programme." in html(client, officer, "line", other.pk)
    answer = client.post(reverse("bank:match", args=[line.pk]), {"payment": payment.pk})
    assert answer.status_code == 302
    payment.refresh_from_db()
    assert payment.state == "paid"
    call = twice.voucher.award.application.call
    client.post(reverse("bank:charge", args=[other.pk]), {"call": call.pk})
    assert call.ledger_accounts.get(kind="charges").balance == other.amount


def test_a_table_asks_for_its_columns_and_keeps_them(client, twice, batch):
    officer = twice.cast.finance[1]
    payment = batch.payments.first()
    table = (
        "Booking date;Amount;Reference;EndToEndId;Name\n"
        f"{payment.batch.exported_at:%d/%m/%Y};-{payment.amount};BK 1;{payment.reference};Cedar\n"
    ).encode()
    assert "does not say its account" in uploaded(client, officer, table).content.decode()
    profile = batch.profile_id
    answer = uploaded(client, officer, table, "table.csv", profile=profile)
    file = BankFile.objects.get()
    form = answer.context["form"]
    columns = {name: field.initial for name, field in form.fields.items() if field.initial}
    looked = client.post(reverse("bank:file", args=[file.pk]), {**columns, "look": "yes"})
    assert payment.reference in looked.content.decode()
    client.post(reverse("bank:file", args=[file.pk]), {**columns, "take": "yes"})
    assert StatementLine.objects.get().proposal.payment == payment
    assert CsvMapping.objects.get().columns == columns


def test_a_table_that_was_uploaded_for_the_wrong_account_is_read_for_its_own(twice, batch):
    table = b"Booking date;Amount;Reference\n01/11/2026;-3,00;BK 1\n"
    other = "NL57MOCK0000000004"
    wrong = read(table, twice, account=ACCOUNT)
    right = read(table, twice, account=other)
    assert (wrong.account, right.account) == (ACCOUNT, other)
    assert read(table, twice, account=ACCOUNT) == wrong
    assert read(table, twice, account=other) == right
    # What says its account itself is one file, whatever is chosen beside it.
    content = said(booked(batch.payments.first()))
    assert read(content, twice, account=other) == read(content, twice)


def test_auditors_read_and_others_find_nothing(client, twice, batch):
    file = read(said(booked(batch.payments.first())), twice)
    auditor = person(role="auditor")
    page = html(client, auditor, "file", file.pk)
    assert "Take the file in" not in page
    log_in(client, auditor)
    assert client.post(reverse("bank:file", args=[file.pk]), {"take": "yes"}).status_code == 403
    for stranger_ in (twice.manager, twice.officer):
        log_in(client, stranger_)
        assert client.get(reverse("bank:file", args=[file.pk])).status_code == 404
        assert client.get(reverse("bank:unconfirmed")).status_code == 404


def test_what_is_not_confirmed_costs_the_same_however_much_it_is(client, twice, both):
    log_in(client, twice.cast.finance[1])
    costs = []
    for claim in both:
        exported([claim], twice.cast)
        client.get(reverse("bank:unconfirmed"))
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(reverse("bank:unconfirmed"))
        costs.append(len(asked))
        assert len(shown.context["reasons"]) == len(costs)
    assert costs[0] == costs[1] <= 12
