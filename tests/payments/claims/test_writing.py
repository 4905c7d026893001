"""The page on which a claim is written: every button keeps what is typed, nothing is lost."""

import re

import pytest
from django.urls import reverse

from tests.payments.making import claim, typed
from tests.people import log_in
from vouchers.payments import actions
from vouchers.payments.models import Claim, ClaimDraft, InvoiceFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(delivered, client):
    log_in(client, delivered.manager)
    return reverse("payments:submit", args=[delivered.voucher.pk])


def boxes_of(page, ending):
    return re.findall(rf'name="(invoices-\d+(?:-lines-\d+)?-{ending})"', page)


def test_another_line_and_another_invoice_are_added_and_taken_away(client, milestone, address):
    answer = client.post(address, typed(milestone, net="wrong", do="add-line:0"), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"{address}#invoices-0", 302)]
    assert boxes_of(page, "declared") == [
        "invoices-0-lines-0-declared",
        "invoices-0-lines-1-declared",
    ]
    # What was wrong is kept as it was typed, and not blamed yet.
    assert 'value="wrong"' in page
    assert "error_1_id" not in page
    kept = InvoiceFile.objects.get()
    version = ClaimDraft.objects.get().version
    sent = typed(milestone, upload="", file=kept.pk, version=version, do="add-invoice")
    sent["invoices-0-lines-1-declared"] = "12"
    page = client.post(address, sent, follow=True).content.decode()
    assert boxes_of(page, "number") == ["invoices-0-number", "invoices-1-number"]
    assert 'value="12"' in page
    sent = typed(milestone, upload="", file=kept.pk, version=version + 1, do="remove-line:0:0")
    sent["invoices-0-lines-1-declared"] = "12"
    sent["invoices-1-number"] = "F-2"
    page = client.post(address, sent, follow=True).content.decode()
    assert boxes_of(page, "declared") == [
        "invoices-0-lines-0-declared",
        "invoices-1-lines-0-declared",
    ]
    assert 'value="12"' in page
    assert not Claim.objects.exists()


def test_buttons_that_do_not_exist_change_nothing(client, milestone, address):
    for button in (
        "remove-invoice:0",
        "remove-line:0:0",
        "add-line:7",
        "remove-line:x",
        "nonsense",
    ):
        page = client.post(address, typed(milestone, do=button)).content.decode()
        assert boxes_of(page, "number") == ["invoices-0-number"]
    assert not Claim.objects.exists()


def test_another_line_is_there_before_anything_is_typed(client, milestone, address):
    nothing = typed(milestone, number="", net="", upload="", line_milestone="")
    for button, names in (("add-line:0", ["0-lines-0", "0-lines-1"]),
                          ("add-invoice", ["0-lines-0", "0-lines-1", "1-lines-0"])):  # fmt: skip
        version = max(ClaimDraft.objects.values_list("version", flat=True), default=0)
        sent = {**nothing, "version": version, "do": button}
        if button == "add-invoice":
            sent |= {
                f"invoices-0-lines-1-{box}": "" for box in ("milestone", "declared", "purpose")
            }
        page = client.post(address, sent, follow=True).content.decode()
        assert boxes_of(page, "declared") == [f"invoices-{name}-declared" for name in names]


def test_what_another_window_wrote_is_not_written_over_unasked(client, milestone, address):
    client.post(address, typed(milestone, number="F-1", window="one", do="look"))
    page = client.post(
        address, typed(milestone, number="F-2", window="two", version="0")
    ).content.decode()
    assert "in another window" in page
    assert 'value="F-2"' in page
    assert ClaimDraft.objects.get().content["invoices"][0]["number"] == "F-1"
    assert not Claim.objects.exists()
    # Whoever has seen it may go on.
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    sent = typed(milestone, number="F-2", window="two", version=version, do="look")
    client.post(address, sent)
    assert ClaimDraft.objects.get().content["invoices"][0]["number"] == "F-2"


def test_what_is_sent_is_no_draft_any_more_and_what_is_put_aside_neither(
    client, milestone, address
):
    client.post(address, typed(milestone, do="look"))
    client.post(address, {"do": "discard"})
    assert not ClaimDraft.objects.exists()
    client.post(address, typed(milestone, currency="EUR", net="12.00"))
    assert Claim.objects.get().amount == 12
    assert not ClaimDraft.objects.exists()


def test_a_claim_that_is_sent_twice_is_one_and_what_saved_itself_meanwhile_is_no_draft(
    client, delivered, milestone, address
):
    quietly = reverse("payments:worth", args=[delivered.voucher.pk])

    def sent(version):
        return typed(milestone, currency="EUR", net="12.00", window="one", version=version)

    client.post(quietly, sent("0"))
    first = client.post(address, sent(ClaimDraft.objects.get().version))
    assert first.url == Claim.objects.get().get_absolute_url()
    # Pressed before its draft was saved for the first time, or after.
    for version in ("0", "1", "2"):
        again = client.post(address, sent(version))
        assert (again.status_code, again.url) == (302, first.url)
        late = client.post(quietly, sent(version)).content.decode()
        assert "This claim is sent" in late
    assert Claim.objects.count() == InvoiceFile.objects.count() == 1
    assert not ClaimDraft.objects.exists()
    # Another invoice is another claim.
    client.post(quietly, typed(milestone, number="F-2", window="two", version="0"))
    assert ClaimDraft.objects.get().content["invoices"][0]["number"] == "F-2"


def test_what_was_put_aside_comes_back_only_when_it_is_asked_for(
    client, delivered, milestone, address
):
    quietly = reverse("payments:worth", args=[delivered.voucher.pk])
    client.post(quietly, typed(milestone, net="12.00", window="one", version="0"))
    client.post(address, {"do": "discard"})
    more = {"net": "13.00", "window": "one", "version": "1"}
    late = client.post(quietly, typed(milestone, **more)).content.decode()
    assert "put aside meanwhile" in late
    page = client.post(address, typed(milestone, **more, do="look")).content.decode()
    assert "put aside meanwhile" in page
    assert 'value="13.00"' in page
    assert not ClaimDraft.objects.exists()
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    client.post(address, typed(milestone, **{**more, "version": version}, do="look"))
    assert ClaimDraft.objects.get().content["invoices"][0]["net"] == "13.00"


def test_a_file_that_is_not_sent_yet_is_the_clusters_alone(client, delivered, milestone, address):
    client.post(address, typed(milestone, do="look"))
    file = reverse("payments:file", args=[InvoiceFile.objects.get().pk])
    assert client.get(file).status_code == 200
    log_in(client, delivered.officer)
    assert client.get(file).status_code == 404


def test_a_file_of_another_voucher_is_not_taken_by_its_number(client, milestone, address):
    sent = typed(milestone, currency="EUR", net="12.00", upload="", file="999999")
    assert "error_1_id_invoices-0-upload" in client.post(address, sent).content.decode()
    assert not Claim.objects.exists()


def test_bad_amounts_stand_beside_their_box(client, milestone, address):
    for amount in ("0", "-1", "1e3", "1.005", "NaN", ""):
        sent = typed(milestone, currency="EUR", net="5000", line_declared=amount)
        page = client.post(address, sent).content.decode()
        assert "error_1_id_invoices-0-lines-0-declared" in page, amount
    assert not Claim.objects.exists()


def test_the_page_of_the_claim_shows_its_lines_and_what_was_looked_at(client, delivered, milestone):
    found = claim(milestone, delivered.manager, amount="12.50")
    for reader in (delivered.manager, delivered.officer, delivered.cast.coordinators[0]):
        log_in(client, reader)
        page = client.get(found.get_absolute_url()).content.decode()
        assert "Checks" in page
        assert "Every invoice lies within the time of the voucher." in page
        assert milestone.title in page


def test_an_officer_rejects_it_on_its_page_and_the_cluster_reads_why(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    log_in(client, delivered.officer)
    address = reverse("payments:reject", args=[found.pk])
    assert address in client.get(found.get_absolute_url()).content.decode()
    assert "for good" in client.get(address).content.decode()
    client.post(address, {"reason": "The invoice is forged."})
    log_in(client, delivered.manager)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "The invoice is forged." in page
    assert "with other invoices" in page


def test_a_claim_that_came_back_is_asked_for_by_name(client, delivered, milestone, address):
    found = claim(milestone, delivered.manager, number="F-9", amount="12.50")
    actions.return_claim(found, reason="The stamp is missing.", by=delivered.officer)
    page = client.get(f"{address}?from={found.pk}").content.decode()
    assert 'value="F-9"' in page
    assert "The stamp is missing." in page
    assert client.get(f"{address}?from=999999").status_code == 200
