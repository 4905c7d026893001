"""The pages of amendments, from the request for more time to the verification of their letters."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from accounts.models import User
from clusters.models import Representative
from demonstration.signing import amendment_countersigned, amendment_signed
from documents.models import Document
from links.models import LinkCode
from notices.models import Notice
from tests.endings.making import WHY, agreed, ahead, coordinators, drawn_up, in_force, signed
from tests.making import voucher_story
from tests.people import log_in, person
from vouchers.awards.models import Voucher
from vouchers.endings.amendments.models import Amendment
from vouchers.standing.actions import judged_now

pytestmark = pytest.mark.django_db
OTHER_WORDS = "The provider is independent of both, and speaks Arabic."


@pytest.fixture
def told():
    return voucher_story("plan approved")


def test_the_pages_lead_from_the_request_to_the_amendment_in_force(client, told):
    drafter, second = coordinators()[:2]
    extension = agreed(told.voucher)
    notice = Notice.objects.filter(recipient=drafter, kind="voucher-extension-agreed").get()
    assert notice.facts["by_amendment"]
    log_in(client, drafter)
    home = client.get(reverse("dashboards:home")).content.decode()
    address = reverse("endings:amend", args=[told.voucher.pk])
    assert address in home
    assert address in client.get(extension.get_absolute_url()).content.decode()
    typed = {"reason": WHY, "sign_by": ahead(10).isoformat(), "article_4": OTHER_WORDS}
    signed_in = told.voucher.award.signature.language
    assert f'<bdi lang="{signed_in}">4.' in client.get(address).content.decode()
    refused = client.post(address, {**typed, "reason": ""})
    assert refused.context["form"].errors["reason"]
    assert OTHER_WORDS in refused.content.decode()
    stale = client.post(address, {**typed, "basis": "1:"})
    assert "changed since you opened this page" in stale.content.decode()
    client.post(address, {**typed, "basis": stale.context["basis"]})
    amendment = Amendment.objects.get()
    page = amendment.get_absolute_url()
    log_in(client, told.manager)
    voucher_page = client.get(told.voucher.get_absolute_url()).content.decode()
    sign = reverse("endings:sign_amendment", args=[amendment.pk])
    assert sign in voucher_page
    assert page in voucher_page
    # So does the home page, as soon as the voucher is judged: to where it is signed.
    judged_now(told.voucher)
    home = client.get(reverse("dashboards:home")).context["steps"]
    assert sign in [step.url for step in home]
    editor = Representative.objects.create(
        cluster=told.voucher.award.application.cluster, user=person(), level="editor"
    ).user
    log_in(client, editor)
    assert page in [step.url for step in client.get(reverse("dashboards:home")).context["steps"]]
    log_in(client, told.manager)
    draft = client.get(reverse("endings:amendment_draft", args=[amendment.pk]))
    assert draft.content.startswith(b"%PDF")
    shown = client.get(sign)
    assert OTHER_WORDS in shown.content.decode()
    signing = amendment_signed(amendment, told.manager)
    assert LinkCode.objects.latest("pk").mail == "endings/mails/amendment_signing_code"
    given = {
        "name": signing.name,
        "function": "Director",
        "shown": shown.context["text"].sha256,
        "read_in": shown.context["text"].language,
    }
    wrong = client.post(sign, {**given, "code": "1"})
    assert wrong.status_code == 422
    assert client.post(sign, {**given, "code": signing.code})["Location"] == page
    log_in(client, drafter)
    assert "you drew it up yourself" in client.get(page).content.decode()
    log_in(client, second)
    countersign = reverse("endings:countersign_amendment", args=[amendment.pk])
    assert countersign in client.get(reverse("dashboards:home")).content.decode()
    assert countersign in client.get(page).content.decode()
    signing = amendment_countersigned(amendment, second)
    shown = client.get(countersign)
    done = client.post(
        countersign,
        {
            "name": signing.name,
            "function": "Coordinator",
            "code": signing.code,
            "shown": shown.context["text"].sha256,
            "read_in": shown.context["text"].language,
        },
    )
    assert done["Location"] == page
    assert Voucher.objects.get(pk=told.voucher.pk).valid_until == extension.until
    log_in(client, told.cast.officer("MA"))
    assert client.get(page).status_code == 404


def test_verification_says_what_amends_what(client, told):
    agreement = Document.objects.filter(kind="agreement", validity="current").first()
    amendment = in_force(drawn_up(told.voucher, article_4=OTHER_WORDS))
    with override("en"):
        page = client.get(reverse("documents:verify", args=[agreement.grouped_code]))
        assert "Amendment 1 to the agreement is in force since" in page.content.decode()
        letter = Document.objects.get(kind="amendment", language="en")
        page = client.get(reverse("documents:verify", args=[letter.grouped_code]))
    assert f"amends the agreement of {amendment.voucher.reference}" in page.content.decode()
    assert str(told.manager) not in page.content.decode()
    verify = reverse("documents:verify", args=[letter.grouped_code])
    in_force(drawn_up(told.voucher, article_4="Two of them."))
    with CaptureQueriesContext(connection) as one_of_two:
        client.get(verify)
    in_force(drawn_up(told.voucher, article_4="Three of them."))
    with CaptureQueriesContext(connection) as one_of_three:
        client.get(verify)
    assert len(one_of_three) == len(one_of_two)


def test_once_signed_the_draft_has_the_words_and_the_language_that_were_signed(client, told):
    User.objects.filter(pk=told.manager.pk).update(language="fr")
    told.manager.refresh_from_db()
    amendment = signed(drawn_up(told.voucher, article_4=OTHER_WORDS))
    assert amendment.signatures.get().language == "fr"
    log_in(client, coordinators()[1])
    pdf = client.get(reverse("endings:amendment_draft", args=[amendment.pk])).content
    assert PdfReader(BytesIO(pdf)).trailer["/Root"]["/Lang"] == "fr"


def test_a_filter_lists_whose_amendment_is_to_be_signed(client, told):
    log_in(client, told.officer)
    address = reverse("dashboards:vouchers")
    asked_for = {"agreement": "amendment"}
    assert told.voucher.reference not in client.get(address, asked_for).content.decode()
    drawn_up(told.voucher, article_4=OTHER_WORDS)
    assert told.voucher.reference in client.get(address, asked_for).content.decode()


def test_a_stranger_finds_nothing_of_it(client, told):
    amendment = drawn_up(told.voucher, article_4=OTHER_WORDS)
    log_in(client, person())
    for name in ("amendment", "amendment_draft", "sign_amendment", "withdraw_amendment"):
        assert client.get(reverse(f"endings:{name}", args=[amendment.pk])).status_code == 404
