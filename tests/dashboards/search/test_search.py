"""One box finds whatever the person may read, and nothing else."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import revoke_role
from accounts.models import Role
from dashboards.search.queries import TOLD
from inputs.queries import with_words
from tests.making import LB, open_story, voucher_story
from tests.payments.ways.making import told_of
from tests.people import log_in, person
from vouchers.applications.models import Answer
from vouchers.assistance.reports.models import ReportVersion
from vouchers.calls.models import Question
from vouchers.payments.claims.actions import ask_for_advance
from vouchers.payments.models import Claim, Invoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid():
    return voucher_story("paid 0")


def cluster_of(story):
    return story.voucher.award.application.cluster


def search(client, user, text):
    return log_in(client, user).get(reverse("dashboards:search"), {"q": text})


def addresses(answer):
    return {line.address for found in answer.context["found"] for line in found.lines}


def test_a_voucher_is_found_by_its_reference_and_by_its_cluster(client, paid):
    voucher = paid.voucher
    finance = paid.cast.finance[0]
    for text in (
        voucher.reference,
        voucher.reference.lower(),
        cluster_of(paid).name.upper(),
    ):
        assert voucher.get_absolute_url() in addresses(search(client, finance, text))


def test_a_claim_is_found_by_its_invoice_however_written_and_by_its_amount(client, paid):
    claim = Claim.objects.get()
    invoice = Invoice.objects.get()
    finance = paid.cast.finance[0]
    arabic = invoice.number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for text in (invoice.number, invoice.number.lower().replace("-", " "), arabic):
        assert claim.get_absolute_url() in addresses(search(client, finance, text))
    for text in (f"{claim.amount:,}", f"{claim.amount} EUR", str(claim.amount).replace(".", ",")):
        assert claim.get_absolute_url() in addresses(search(client, finance, text))


def test_an_advance_is_found_by_its_number_however_written(client):
    told = told_of("cluster", share="40")
    asked = ask_for_advance(told.voucher, amount=Decimal("500.00"), by=told.manager)
    for text in (asked.invoice_numbers, "adv 1", "ADV-١"):
        assert asked.get_absolute_url() in addresses(search(client, told.officer, text))
    assert asked.get_absolute_url() not in addresses(search(client, told.officer, "ADV-2"))


def test_words_of_an_answer_are_found_and_shown_where_they_stand(client, paid):
    answer = Answer.objects.filter(
        application=paid.voucher.award.application, question__kind=Question.Kind.LONG_TEXT
    ).first()
    word = max(answer.text.split(), key=len).strip(".,;")
    page = search(client, paid.officer, word).content.decode()
    assert f"<mark>{word}</mark>" in page
    assert str(answer.question.text) in page


def test_nobody_finds_what_they_may_not_read(client, paid):
    voucher, claim = paid.voucher, Claim.objects.get()
    stranger, neighbour = person(), paid.cast.officer("MA")
    texts = (
        voucher.reference,
        Invoice.objects.get().number,
        cluster_of(paid).name,
        paid.manager.email,
    )
    for somebody in (stranger, neighbour):
        for text in texts:
            found = addresses(search(client, somebody, text))
            assert found.isdisjoint({voucher.get_absolute_url(), claim.get_absolute_url()})
            assert cluster_of(paid).get_absolute_url() not in found
    own = addresses(search(client, paid.manager, voucher.reference))
    assert voucher.get_absolute_url() in own


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR])
def test_staff_is_found_by_who_may_see_the_roles(client, paid, role):
    reader, officer = person(role=role), paid.officer
    for text in (officer.full_name, officer.email.upper()):
        answer = search(client, reader, text)
        (found,) = [one for one in answer.context["found"] if str(one.heading) == "Staff and roles"]
        (line,) = [
            one
            for one in found.lines
            if one.address == reverse("accounts:roles", query={"text": officer.email})
        ]
        assert "".join(piece.text for piece in line.about[1]) == f"{Role.OFFICER.label} (LB)"
        assert officer.full_name in client.get(line.address).content.decode()
    revoke_role(officer.role_grants.get(), by=person(role=Role.ADMINISTRATOR))
    assert "taken away" in search(client, reader, officer.email).content.decode()


def test_nobody_else_finds_staff(client, paid):
    """Administrators find the account, and it once."""
    officer = paid.officer
    for somebody in (paid.manager, paid.cast.officer("MA"), paid.cast.finance[0]):
        found = addresses(search(client, somebody, officer.email))
        assert not [one for one in found if one.startswith(reverse("accounts:roles"))]
    found = addresses(search(client, person(role=Role.ADMINISTRATOR), officer.email))
    assert found == {reverse("accounts:people", query={"text": officer.email})}


def test_every_line_that_is_found_opens_for_who_found_it(client, paid):
    people = [
        paid.manager,
        paid.officer,
        *paid.cast.coordinators[:1],
        *paid.cast.finance[:1],
        person(role=Role.AUDITOR),
        person(role=Role.ADMINISTRATOR),
    ]
    texts = [
        paid.voucher.reference,
        cluster_of(paid).name,
        paid.manager.full_name,
        "2026",
        "strategy",
    ]
    texts += [Invoice.objects.get().number, str(Claim.objects.get().amount)]
    for somebody in people:
        found = set()
        for text in texts:
            found |= addresses(search(client, somebody, text))
        for address in found:
            assert client.get(address).status_code == 200, (somebody, address)


def test_a_draft_is_found_by_its_own_cluster_alone(client):
    story = open_story()
    draft = story.apply(LB, send=False)
    manager = draft.started_by
    assert draft.get_absolute_url() in addresses(search(client, manager, draft.cluster.name))
    for somebody in (story.cast.officer("LB"), story.cast.coordinators[0]):
        assert draft.get_absolute_url() not in addresses(
            search(client, somebody, draft.cluster.name)
        )


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "'; --", "\u202e", "ـــ", "x" * 5000])
def test_odd_searches_are_answered(client, paid, text):
    answer = search(client, paid.cast.finance[0], text)
    assert answer.status_code == 200
    assert paid.voucher.get_absolute_url() not in addresses(answer)


def test_what_is_typed_and_found_is_shown_as_text(client, paid):
    page = search(client, paid.officer, "<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


def test_it_costs_one_query_for_each_kind(client, paid):
    search(client, paid.cast.coordinators[0], "a")
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("dashboards:search"), {"q": cluster_of(paid).name})
    assert len(asked) <= 18


@pytest.mark.parametrize(
    ("model", "column"), [(Answer, "text"), *((ReportVersion, one) for one in TOLD)]
)
def test_texts_are_searched_by_an_index(model, column):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        # A table of no rows is as cheap to walk along by its key.
        cursor.execute("SET LOCAL enable_indexscan = off")
    plan = with_words(model.objects.all(), "croissance", column).explain()
    assert "_searched" in plan


def test_whoever_is_not_logged_in_is_asked_to(client):
    assert client.get(reverse("dashboards:search"), {"q": "a"}).status_code == 302
