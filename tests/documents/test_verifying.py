"""Whether a letter is genuine by its code, and what it says, without telling more than itself."""

import pytest
from django.urls import reverse
from lxml import html

from documents.actions import issue_document, withdraw_document
from documents.actions.making import render_document
from documents.models import Document
from tests.documents.samples import sample_facts
from tests.making import LB, open_story
from tests.people import log_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    document = issue_document(
        "award", person(), sample_facts("award"), language="en", by=None, reference="SUV-2026-LB-1"
    )
    render_document(document.pk)
    return Document.objects.get(pk=document.pk)


def test_a_genuine_letter_is_recognised_by_whoever_holds_it(client, letter):
    page = client.get(reverse("documents:verify", args=[letter.grouped_code])).content.decode()
    assert "genuine" in page.lower()
    assert "SUV-2026-LB-1" in page
    assert letter.facts["scores"][0]["mean"] not in page
    # In which language the letter is, by that language's own name.
    assert '<bdi lang="en">English</bdi>' in page


ARABIC = str.maketrans("123456789", "١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(
    "typed",
    [
        lambda letter: (
            "\u202a" + letter.code.lower().replace("0", "o").translate(ARABIC) + "\u202c"
        ),
        lambda letter: " ".join(letter.grouped_code.lower().split("-")),
        lambda letter: letter.grouped_code.replace("-", "\N{NON-BREAKING HYPHEN}"),
        lambda letter: letter.verification_url,
        lambda letter: letter.verification_url.lower().rstrip("/") + "?utm_source=mail",
    ],
    ids=["arabic digits and marks", "spaces", "other hyphens", "the address", "a longer address"],
)
def test_a_code_typed_carelessly_leads_there(client, letter, typed):
    answer = client.get(reverse("documents:verify_form"), {"code": typed(letter)}, follow=True)
    assert answer.request["PATH_INFO"].endswith(f"{letter.grouped_code}/")
    assert "This letter is genuine" in answer.content.decode()


def test_half_a_code_is_refused_beside_the_field_and_stays_there(client, letter):
    half = letter.grouped_code[:9]
    page = client.get(reverse("documents:verify_form"), {"code": half}).content.decode()
    assert "This is not a complete code" in page
    assert f'value="{half}"' in page


def lines(page):
    """What the page says that the letter says."""
    found = html.fromstring(page).xpath("//dl[@data-said]")
    if not found:
        return {}
    texts = [one.text_content().strip() for one in found[0]]
    return dict(zip(texts[::2], texts[1::2], strict=True))


def test_the_page_repeats_what_the_letter_says(client, letter):
    page = client.get(letter.verification_url).content.decode()
    assert lines(page) == {
        "Cluster": "QOOT Cluster",
        "Value of the voucher": "5,000.00\xa0EUR",
        "Please accept by": "19 June 2026",
    }


@pytest.mark.parametrize(
    ("language", "label", "amount"),
    [("fr", "Compte", "3\xa0000,00\xa0EUR"), ("ar", "الحساب", "3.000,00\xa0EUR")],
)
def test_people_and_accounts_are_shown_in_part_in_the_readers_language(
    client, language, label, amount
):
    facts = {
        **sample_facts("order", language),
        "payee": "Nadine Khoury",
        "claimed": "3500.00",
        "paid_out": "3000.00",
        "bank_account": "LB62 0999 0000 0001 0019 0122 9114",
    }
    order = issue_document("order", person(), facts, language=language, by=None)
    page = client.get(order.verification_url, headers={"accept-language": language})
    said = lines(page.content.decode())
    assert said[label] == "LB62…9114"
    assert "Na•••• Kh••••" in said.values()
    assert amount in said.values()
    assert "Nadine" not in page.content.decode()
    assert "0122" not in page.content.decode()


def test_a_certificate_of_control_and_a_request_to_pay_back_are_told_with_their_amounts(client):
    control = issue_document("control", person(), sample_facts("control"), language="en", by=None)
    said = lines(client.get(control.verification_url).content.decode())
    assert said["Eligible"] == "2,299.56\xa0EUR"
    recovery = issue_document(
        "recovery", person(), sample_facts("recovery"), language="en", by=None
    )
    said = lines(client.get(recovery.verification_url).content.decode())
    assert said["Still to come back"] == "210.00\xa0EUR"
    assert said["To be paid back by"] == "15 April 2027"


def test_a_replaced_letter_names_the_newer_one_to_who_may_read_it_only(client):
    story = open_story()
    application = story.apply(LB)
    letter = Document.objects.get(kind="acknowledgement", language="en")
    newer = issue_document(
        "acknowledgement",
        application,
        {**letter.facts, "answers": 99},
        language="en",
        by=None,
        reference=letter.reference,
    )

    def page():
        return client.get(letter.verification_url).content.decode()

    assert "Ask whoever gave it to you" in page()
    for stranger in (None, person(), story.cast.officer("MA")):
        if stranger is not None:
            log_in(client, stranger)
        assert newer.grouped_code not in page()
    log_in(client, application.submitted_by)
    assert newer.grouped_code in page()


def test_a_withdrawn_letter_says_so(client, letter):
    withdraw_document(letter, by=None, reason="A wrong amount.")
    page = client.get(reverse("documents:verify", args=[letter.grouped_code])).content.decode()
    assert "withdrawn" in page.lower()


def test_guessing_codes_is_slowed_down(client):
    address = reverse("documents:verify", args=["AAAA-AAAA-AAAA-AAAA-AAAA"])
    answers = [client.get(address).status_code for _attempt in range(21)]
    assert answers == [404] * 20 + [429]


def test_codes_that_exist_are_not_counted_and_addresses_apart(client, letter):
    wrong = reverse("documents:verify", args=["AAAA-AAAA-AAAA-AAAA-AAAA"])
    right = reverse("documents:verify", args=[letter.grouped_code])
    assert {client.get(right).status_code for _attempt in range(25)} == {200}
    assert {client.get(wrong).status_code for _attempt in range(20)} == {404}
    assert client.get(right).status_code == client.post(wrong).status_code == 429
    # Somebody elsewhere is not held up by them.
    assert client.get(right, REMOTE_ADDR="198.51.100.7").status_code == 200


def test_a_letter_opens_to_those_whom_it_concerns(client):
    story = open_story()
    application = story.apply(LB)
    letter = Document.objects.get(kind="acknowledgement", language="en")
    render_document(letter.pk)
    address = letter.get_absolute_url()
    answer = log_in(client, application.submitted_by).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    for stranger in (story.cast.officer("MA"), story.cast.assessors[0], person()):
        assert log_in(client, stranger).get(address).status_code == 404
