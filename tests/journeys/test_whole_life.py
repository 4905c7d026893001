"""The whole life of a voucher, in a browser, as each role, with a real worker."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from demonstration.content.accounts import bank_account
from demonstration.signing import code_shown_by
from demonstration.story import Story
from documents.models import Document
from jobs.tasks import sweep_jobs
from links.models import LinkCode
from links.rules.secrets import code_from
from notices.actions.digests import gather_due_digests
from notices.models import Notice
from tests.documents.conftest import wait_for
from tests.journeys.life import apply, check_and_assign, open_a_call, score, select, today
from tests.making import LB_SECOND, cast_of_all, pdf
from tests.people import person
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.plans.models import PlanVersion
from vouchers.awards.models import Voucher
from vouchers.awards.queries.signing import app_of
from vouchers.payments.batches.models import BankProfile, PaymentBatch
from vouchers.payments.models import Claim
from vouchers.providers.models import Provider

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]


def test_from_the_call_to_the_programme_report(visitor, worker, settings):
    # So that money goes to a verified account at once.
    settings.ACCOUNT_COOLING_DAYS = 0
    worker()
    cast = cast_of_all()
    User.objects.update(language="en")
    manager = person("rima@example.org", name="Rima Fares")
    one, other = (visitor(coordinator) for coordinator in cast.coordinators)
    officer, cluster = visitor(cast.officer("LB")), visitor(manager)

    call = open_a_call(one)
    application = apply(cluster, call)
    second = Story(cast, call)
    rival = second.check(second.apply(LB_SECOND))
    check_and_assign(officer, application, cast)
    for number, assessor in enumerate(cast.assessors[:2]):
        score(visitor(assessor), application, "4" if number else "5")
    second.score_fully(rival, ("2", "2", "2"))
    select(one, other, call)
    voucher = accept(cluster, application)
    assess_and_plan(officer, cluster, voucher)
    countersign(one, voucher)
    deliver(officer, cluster, voucher)
    pay(officer, cluster, voucher, cast, visitor)
    report_and_close(officer, cluster, voucher)
    read_the_programme_report(one, call)

    visitor().open(reverse("dashboards:results")).reads("QOOT Cluster")
    assert Voucher.objects.get().state == "closed"
    wait_for(lambda: not Document.objects.exclude(state="ready").exists())
    wait_for(lambda: not send_what_waits().exists())


def send_what_waits():
    """The messages that are not sent yet; those whose letter is made by now are queued again.

    All of it happens within minutes, so that some were held against the flood: an hour later they
    are gathered.
    """
    gather_due_digests(timezone.now() + timedelta(hours=1))
    Notice.objects.filter(state="pending").update(next_attempt_at=timezone.now())
    sweep_jobs()
    return Notice.objects.exclude(state__in=["sent", "kept"])


def accept(cluster, application):
    cluster.open("/").reads("Your cluster is selected").follow("Read the award")
    letter = Document.objects.get(kind="award", language="en")
    wait_for(lambda: Document.objects.get(pk=letter.pk).is_ready)
    assert "QOOT Cluster" in text_of(letter)
    refusal = Document.objects.get(kind="refusal", language="en")
    wait_for(lambda: Document.objects.get(pk=refusal.pk).is_ready)
    assert "QOOT" not in text_of(refusal)
    cluster.follow("Read and sign the agreement").reads("15. Law and languages")
    cluster.fill(function="Director").press("Send me the code").reads("A code is on its way")
    code = code_from(LinkCode.objects.get().seed, settings.SECRET_KEY)
    affirmed = cluster.page.locator("main [name='affirms']")
    if affirmed.count():
        affirmed.check()
    cluster.fill(code=code).press("Sign and accept the voucher").reads("The voucher is yours")
    return Voucher.objects.get(award__application=application)


def countersign(coordinator, voucher):
    coordinator.open("/").reads("Counter-sign agreements").open(voucher.get_absolute_url())
    coordinator.reads("waits for the second signature")
    coordinator.follow("Read and counter-sign the agreement").reads("15. Law and languages")
    code = code_shown_by(app_of(coordinator.user))
    coordinator.fill(function="Coordinator of the programme", code=code)
    coordinator.press("Counter-sign the agreement").reads("with both signatures")
    letter = Document.objects.get(kind="agreement", language="en", validity="current")
    wait_for(lambda: Document.objects.get(pk=letter.pk).is_ready)
    assert "counter-signed on the portal" in text_of(letter)


def assess_and_plan(officer, cluster, voucher):
    officer.open(reverse("providers:list")).fill(
        name="Cedar Consulting", town="Beirut", bank_account=bank_account("LB", 7), bic="BLOMLBBX"
    ).press("Register")
    record_needs(officer, cluster, voucher)
    write_plan(cluster, voucher)
    officer.open(voucher.get_absolute_url()).follow("Read the plan")
    officer.press("Approve the plan").reads("The plan is approved. The work can begin.")
    assert voucher.plan.versions.get().state == PlanVersion.State.IN_FORCE


def record_needs(officer, cluster, voucher):
    officer.open(voucher.get_absolute_url()).press("Begin the record")
    need = voucher.needs_records.get().needs.get(theme__code="digital")
    officer.fill(
        **{f"what_{need.pk}": "Procedures and manuals", f"evidence_{need.pk}": "Nobody has one"},
        decisions="Two manuals are written first",
    ).press("Look through and share")
    officer.reads("Procedures and manuals").press("Share with the cluster")
    address = voucher.needs_records.get().get_absolute_url()
    cluster.open(address).reads("Two manuals are written first").press("Confirm the record")
    officer.open(address).press("Confirm the record").reads("Confirmed")


def write_plan(cluster, voucher):
    cluster.open(voucher.get_absolute_url()).follow("Write the plan")
    cluster.press("Begin the plan").fill(
        part_1_0_aim="Better links with universities",
        part_2_0_text="Members find procedures that work",
        part_4_0_title="Manuals",
        part_4_0_due_on=today(60),
        part_4_0_days="10",
        part_5_0_title="Two manuals",
        part_6_0_text="Days of the expert",
        part_6_0_days="10",
        part_6_0_rate="500",
        part_7_0_name="Joint projects",
        part_7_0_baseline="0",
        part_7_0_target="2",
        part_7_0_due_on=today(200),
    )
    # The provider after “to be found by quotes”, the milestone after none.
    for name in ("part_1_0_provider", "part_5_0_milestone", "part_6_0_milestone"):
        option = cluster.page.locator(f"main [name={name}] option").nth(1)
        cluster.choose(name, option.get_attribute("value"))
    cluster.press("Read it through and send it").press("Send to your country partner")
    cluster.reads("The plan is with your country partner.")


def deliver(officer, cluster, voucher):
    milestone = voucher.plan.milestones.get()
    cluster.open(reverse("deliverables:hand_in", args=[milestone.pk]))
    cluster.fill(summary="The manuals").upload("uploads", pdf("manuals.pdf")).press("Hand in")
    version = Deliverable.objects.get().get_absolute_url()
    for someone in (cluster, officer):
        someone.open(version).press("Accept this version")


def pay(officer, cluster, voucher, cast, visitor):
    milestone = voucher.plan.milestones.get()
    cluster.open(f"{reverse('payments:submit', args=[voucher.pk])}?milestone={milestone.pk}")
    invoice = {"number": "F-1", "invoiced_on": today(), "net": "4999.50"}
    cluster.fill(**{f"invoices-0-{name}": value for name, value in invoice.items()})
    cluster.fill(**{"invoices-0-lines-0-declared": "4999.50"})
    cluster.upload("invoices-0-upload", pdf("invoice.pdf")).press("Send the claim")
    address = Claim.objects.get().get_absolute_url()
    officer.open(address).follow("Verify the claim").press("Verify the claim")
    second = visitor(cast.coordinators[1])
    second.open(address).press("Approve the claim")
    second.open(Provider.objects.get().get_absolute_url()).press("I have compared them: verify")
    ordering, recording = (visitor(finance) for finance in cast.finance)
    propose_and_sign(address, ordering, (recording, second, visitor(cast.coordinators[0])))
    recording.open(address).follow("Record the payment")
    recording.fill(paid_on=today(), bank_reference="BK-77").press("Record the payment")
    voucher.refresh_from_db()
    assert (voucher.approved, voucher.paid, voucher.balance) == (
        Decimal("4999.50"),
        Decimal("4999.50"),
        Decimal("0.50"),
    )


def propose_and_sign(address, ordering, others):
    """The bank is entered and verified, a batch proposed, authorised by two, and its file made."""
    verifying, *signatories = others
    ordering.open(reverse("batches:enter_profile")).fill(
        name="Programme account",
        debtor_name="THE NEXT SOCIETY",
        debtor_town="Amsterdam",
        debtor_account="NL41MOCK0000000001",
        debtor_bic="MOCKNL2A",
    ).press("Enter it")
    verifying.open(BankProfile.objects.get().get_absolute_url()).press("Verify the profile")
    ordering.open(address).follow("Propose the payment").press("Propose the batch")
    batch = PaymentBatch.objects.get().get_absolute_url()
    for signatory in signatories:
        signatory.open(batch).press("Authorise the batch")
    ordering.open(batch).press("Make the file")


def report_and_close(officer, cluster, voucher):
    cluster.open(voucher.get_absolute_url()).follow("Write the report")
    cluster.fill(
        part_1_0_summary="We wrote procedures and manuals",
        part_2_0_results="Two joint projects began",
        part_2_0_members_reached="12",
        part_2_0_women_reached="5",
        part_3_0_value="2",
        part_3_0_evidence="The two contracts",
    )
    cluster.choose("part_4_0_satisfaction", "5")
    cluster.press("Read the report through and send it").press("Send to your country partner")
    officer.open(voucher.final_report.get_absolute_url())
    officer.press("Accept the report and close the voucher").reads("The voucher is closed")


def read_the_programme_report(coordinator, call):
    coordinator.open(f"{reverse('dashboards:overview')}?call={call.slug}")
    coordinator.press("Make the programme report")
    report = Document.objects.get(kind="programme-report", language="en")
    wait_for(lambda: Document.objects.get(pk=report.pk).is_ready)
    text = text_of(report)
    for fact in ("Lebanon", "Berytech", "QOOT Cluster", "We wrote procedures and manuals"):
        assert fact in text


def text_of(document):
    """The words of a letter, with every break as one blank."""
    file = Document.objects.get(pk=document.pk).file.read()
    pages = PdfReader(io.BytesIO(file)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
