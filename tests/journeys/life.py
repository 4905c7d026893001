"""What each person does in the life of a voucher, through pages."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.making import pdf, today_there
from vouchers.applications.models import Application
from vouchers.awards.models import SelectionRound
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import Assignment

INSTANT = "%Y-%m-%dT%H:%M"
QUESTIONS = ["What is your mission?", "How shall you grow?", "What for the voucher?"]


def today(days=0):
    return (today_there() + timedelta(days=days)).isoformat()


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
    one.open("/").follow("Propose a selection").follow(str(call))
    one.fill(participants="Maya Khoury\nKarim Nassar").press("Propose to a second coordinator")
    one.reads("A second coordinator approves the proposal")
    other.open(SelectionRound.objects.get().get_absolute_url())
    other.press("Approve and send the letters").reads("The letters are being made")
