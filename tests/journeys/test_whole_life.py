"""The whole life of a voucher, in a browser, as each role, with a real worker."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from demonstration.content.accounts import bank_account
from demonstration.story import Story
from documents.models import Document
from jobs.tasks import sweep_jobs
from notices.digests import gather_due_digests
from notices.models import Notice
from tests.documents.conftest import wait_for
from tests.making import LB_SECOND, cast_of_all, pdf, today_there
from tests.people import person
from vouchers.applications.models import Application
from vouchers.assistance.models import Plan
from vouchers.awards.models import SelectionRound, Voucher
from vouchers.calls.models import Call
from vouchers.payments.models import Claim
from vouchers.providers.models import Provider
from vouchers.scoring.assessing.models import Assignment

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]
INSTANT = "%Y-%m-%dT%H:%M"
QUESTIONS = ["What is your mission?", "How shall you grow?", "What for the voucher?"]


def today(days=0):
    return (today_there() + timedelta(days=days)).isoformat()


def test_from_the_call_to_the_programme_report(visitor, worker):
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


def open_a_call(coordinator):
    coordinator.open(reverse("calls:create")).fill(
        name_0="Scale Up Voucher",
        name_1="Bon de croissance",
        name_2="قسيمة التوسّع",
        purpose_0="Technical assistance",
        purpose_1="Assistance technique",
        purpose_2="مساعدة تقنية",
        slug="scale-up",
        programme_code="SUV",
        year=2026,
        opens_at=(timezone.now() - timedelta(days=1)).strftime(INSTANT),
        deadline=(timezone.now() + timedelta(days=1)).strftime(INSTANT),
        decision_due=today(30),
        assistance_starts=today(-1),
        assistance_ends=today(300),
        voucher_amount="5000.00",
        budget="10000.00",
    ).press("Save the draft")
    slug = Call.objects.get().slug
    coordinator.open(reverse("calls:quotas", args=[slug])).fill(LB=2).press("Save the quotas")
    criteria = [("Mission", 30, 3), ("Growth plan", 35, 2), ("Voucher plan", 35, 1)]
    coordinator.open(reverse("calls:criteria", args=[slug]))
    for number, (name, weight, tie_break) in enumerate(criteria):
        coordinator.press("Add a row").fill(
            **{
                **in_each_language(f"form__{number}__name", name),
                f"form__{number}__weight": weight,
                f"form__{number}__threshold": 50,
                f"form__{number}__tie_break_position": tie_break,
            }
        )
    coordinator.press("Save the criteria")
    coordinator.open(reverse("calls:rules", args=[slug])).press("Add a row")
    coordinator.fill(**in_each_language("form__0__text", "It is a cluster.")).press(
        "Save the rules"
    )
    coordinator.open(reverse("calls:declaration", args=[slug])).press("Add a row")
    coordinator.fill(**in_each_language("form__0__text", "It is true.")).press(
        "Save the declaration"
    )
    coordinator.open(reverse("calls:form", args=[slug])).follow("Add a section")
    coordinator.fill(**in_each_language("title", "Your plan")).press("Save the section")
    for text in QUESTIONS:
        ask(coordinator, text, max_words=100)
    ask(coordinator, "Documents", kind="file")
    coordinator.follow("Back to the steps").press("Open the call")
    assert Call.objects.get().state == Call.State.OPEN
    return Call.objects.get()


def in_each_language(name, text):
    """The text in the three inputs of a field."""
    return {f"{name}_{at}": text for at in range(3)}


def ask(coordinator, text, *, kind="long_text", **fields):
    """Add a question to the only section."""
    coordinator.follow("Add a question to “Your plan”")
    if kind != "long_text":
        with coordinator.page.expect_response(lambda answer: answer.request.method == "POST"):
            coordinator.choose("kind", kind)
        coordinator.page.wait_for_selector("main [name=max_files]")
    coordinator.fill(**in_each_language("text", text), **fields).press("Save the question")


def complete_profile(cluster):
    cluster.follow("Edit the profile").fill(
        legal_name="QOOT Cluster Association",
        legal_form="Association",
        registration_number="1234",
        established=2019,
        street="Mar Roukoz",
        town="Beirut",
        legal_representative="Dalia Harb",
        legal_representative_function="President",
        email="office@example.org",
    ).press("Save the facts").follow("Mission and services")
    cluster.choose("nace_1", "10").press("Save mission and services")


def apply(cluster, call):
    cluster.open("/").follow("Register your cluster")
    cluster.choose("country", "LB").fill(
        name="QOOT Cluster",
        sector="Agri-food innovation",
        mission="Food innovation for small firms",
        member_kinds="SMEs, universities",
    ).press("Register the cluster")
    complete_profile(cluster)
    cluster.open(call.get_absolute_url()).follow("Apply")
    cluster.press("Start")
    application = Application.objects.get()
    for section in call.sections.all():
        for question in section.questions.exclude(kind="file"):
            cluster.fill(**{f"answer_{question.pk}": f"We answer: {question}"})
        for _question in section.questions.filter(kind="file"):
            cluster.upload("file", pdf("statutes.pdf"))
            cluster.page.locator(".file-list").get_by_text("statutes.pdf").first.wait_for()
        cluster.press("Save and go on")
    for box in cluster.page.locator("main [name^=clause_]").all():
        box.check()
    cluster.press("Send to your country partner").reads("SUV-2026-LB-0001")
    return application


def check_and_assign(officer, application, cast):
    officer.open("/").reads("Check whether applications are eligible")
    officer.open(reverse("eligibility:check", args=[application.pk]))
    for rule in application.call.eligibility_rules.all():
        if rule.kind == rule.Kind.DECLARATION:
            officer.fill(**{f"reason_{rule.pk}": "Signed on paper."})
        officer.page.check(f"main [name=result_{rule.pk}][value=met]")
    officer.press("Record the check").reads("The check is recorded")
    for assessor in cast.assessors[:2]:
        officer.open(reverse("scoring:application", args=[application.pk]))
        officer.choose("assessor", str(assessor.pk)).press("Ask")


def score(assessor, application, value):
    assessor.open("/").follow(str(application_of(application)))
    assessor.page.check("main [name=has_conflict][value=no]")
    assessor.press("Declare")
    for criterion in application.call.criteria.all():
        assessor.page.check(f"main [name=score_{criterion.pk}][value='{value}']")
        assessor.fill(**{f"strengths_{criterion.pk}": "Clear and convincing."})
    assessor.press("Submit your scores").reads("Your scores are submitted")
    assert Assignment.objects.filter(application=application, state="scored").exists()


def application_of(application):
    return Application.objects.get(pk=application.pk)


def select(one, other, call):
    # The deadline passes; nothing else changes.
    Call.objects.filter(pk=call.pk).update(deadline=timezone.now())
    one.open(reverse("scoring:ranking", args=[call.slug])).reads("QOOT Cluster")
    one.press("Close the scoring").reads("The scoring is closed")
    one.open("/").follow("Propose a selection").follow("Propose a selection")
    one.fill(participants="Maya Khoury\nKarim Nassar").press("Propose to a second coordinator")
    one.reads("A second coordinator approves the proposal")
    other.open(SelectionRound.objects.get().get_absolute_url())
    other.press("Approve and send the letters").reads("The letters are being made")


def accept(cluster, application):
    cluster.open("/").reads("Your cluster is selected").follow("Read the award")
    letter = Document.objects.get(kind="award", language="en")
    wait_for(lambda: Document.objects.get(pk=letter.pk).is_ready)
    assert "QOOT Cluster" in text_of(letter)
    refusal = Document.objects.get(kind="refusal", language="en")
    wait_for(lambda: Document.objects.get(pk=refusal.pk).is_ready)
    assert "QOOT" not in text_of(refusal)
    cluster.press("Accept the voucher").reads("The voucher is yours")
    return Voucher.objects.get(award__application=application)


def assess_and_plan(officer, cluster, voucher):
    officer.open(reverse("providers:list")).fill(
        name="Cedar Consulting", bank_account=bank_account("LB", 7)
    ).press("Register")
    officer.open(voucher.get_absolute_url()).follow("Record the meeting")
    officer.fill(
        held_on=today(),
        place="Beirut",
        participants="Rima Fares",
        findings="Procedures and manuals",
    ).press("Record the meeting")
    cluster.open(voucher.get_absolute_url()).follow("Write the plan")
    provider = cluster.page.locator("main [name=provider] option").nth(1).get_attribute("value")
    cluster.choose("provider", provider).fill(
        objective="Better links with universities",
        expected_results="Two joint projects",
        form__0__title="Manuals",
        form__0__due_on=today(60),
        form__0__days="10",
        form__0__amount="5000",
    ).press("Save the draft")
    for box in cluster.page.locator("main [name^=clause_]").all():
        box.check()
    cluster.press("Send to your country partner")
    officer.open(voucher.get_absolute_url()).press("Approve the plan")
    assert Plan.objects.get().state == Plan.State.APPROVED


def deliver(officer, cluster, voucher):
    milestone = voucher.plan.milestones.get()
    cluster.open(reverse("assistance:hand_in", args=[milestone.pk]))
    cluster.fill(summary="The manuals").upload("file", pdf("manuals.pdf")).press("Hand in")
    cluster.press("Accept Manuals")
    officer.open(voucher.get_absolute_url()).press("Accept Manuals")


def pay(officer, cluster, voucher, cast, visitor):
    milestone = voucher.plan.milestones.get()
    cluster.open(reverse("payments:submit", args=[milestone.pk]))
    cluster.fill(invoice_number="F-1", invoice_date=today(), currency_amount="4999.50")
    cluster.upload("upload", pdf("invoice.pdf")).press("Send the claim")
    address = Claim.objects.get().get_absolute_url()
    officer.open(address).press("Verify the claim")
    second = visitor(cast.coordinators[1])
    second.open(address).press("Approve the claim")
    second.open(Provider.objects.get().get_absolute_url()).press("I have compared them: verify")
    ordering, recording = (visitor(finance) for finance in cast.finance)
    ordering.open(address).press("Order the payment")
    recording.open(address).follow("Record the payment")
    recording.fill(paid_on=today(), bank_reference="BK-77").press("Record the payment")
    voucher.refresh_from_db()
    assert (voucher.approved, voucher.paid, voucher.balance) == (
        Decimal("4999.50"),
        Decimal("4999.50"),
        Decimal("0.50"),
    )


def report_and_close(officer, cluster, voucher):
    cluster.open(voucher.get_absolute_url()).follow("Write the report")
    cluster.fill(
        summary="We wrote procedures and manuals",
        results="Two joint projects began",
        members_reached="12",
        women_reached="5",
        satisfaction="5",
    ).press("Save the draft")
    for box in cluster.page.locator("main [name^=clause_]").all():
        box.check()
    cluster.press("Send to your country partner")
    officer.open(voucher.get_absolute_url())
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
