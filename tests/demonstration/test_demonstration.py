"""The demonstration: told once, with work for every role, and at any size."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from clusters.models import Cluster
from dashboards.queries.worklist import worklist_of
from dashboards.steps.applicants import steps_of_applicant
from demonstration.content.clusters import SEED, made_up, real_clusters
from demonstration.letters import first_letters
from demonstration.many.scored import make_applications
from tests.demonstration.story import make, the_whole_story
from tests.making import cast_of_all
from tests.payments.ledger.making import the_books_hold
from tests.people import log_in
from vouchers.applications.models import Application
from vouchers.assistance.delivery.models import SessionPicture
from vouchers.assistance.plans.models import Milestone, PlanRemark, PlanVersion
from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.surveys.models import Survey
from vouchers.awards.models import Award, Voucher
from vouchers.books.models import LedgerEntry
from vouchers.calls.models import Call
from vouchers.correspondence.models import Message, PublicQuestion
from vouchers.eligibility.models import Clarification
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.ranking.queries import ranked_by_country
from vouchers.standing.actions import judge_outdated

pytestmark = pytest.mark.django_db


def test_the_story_is_told_once_and_leaves_work_for_every_role():
    shares = the_whole_story()
    # The bar goes on all the time, and is at its end when all is told.
    assert shares == sorted(shares)
    assert shares.count(1) <= 10
    assert shares[-1] > 0.95
    # What is made before anything is served: the letters of the log-in that is a cluster.
    letters = first_letters()
    assert 8 <= len(letters) <= 20
    assert {letter.kind for letter in letters} >= {"award", "agreement", "payment", "completion"}
    assert {letter.language for letter in letters} == {"en"}
    # What became of one of the vouchers is asked these days.
    begun = next(one for one in Survey.objects.all() if one.standing == "open")
    assert begun.months == 12
    assert begun.draft.typed
    closed = Voucher.objects.filter(state="closed", amount=5000)
    names = {voucher.award.application.cluster.name for voucher in closed}
    assert names == {cluster["name"] for cluster in SEED["clusters"]}
    countries = [voucher.award.application.country_id for voucher in closed]
    assert sorted(countries) == ["LB", "LB", "MA", "MA", "TN", "TN"]
    assert {state for state, _label in Application.State.choices} == set(
        Application.objects.values_list("state", flat=True)
    )
    the_books_hold()
    kinds = set(LedgerEntry.objects.values_list("kind", flat=True))
    assert {"grant", "award", "approval", "order", "booking", "release"} <= kinds
    for email in (
        "coordinator@example.org",
        "coordinator2@example.org",
        "officer.lb@example.org",
        "officer.ma@example.org",
        "officer.tn@example.org",
        "assessor@example.org",
        "assessor2@example.org",
        "finance2@example.org",
    ):
        assert worklist_of(User.objects.get(email=email)), email
    sides = Message.objects.filter(about="application").values_list("side", flat=True)
    assert list(sides) == ["cluster", "partner"]
    # The provider of one voucher shows a session; its call counts people from SMEs too.
    shown = SessionPicture.objects.get(session__voucher__state="active")
    assert shown.added_through is not None
    assert shown.session.from_smes is not None
    # About a voucher the coordination joins in, and the cluster waits for an answer.
    written = Message.objects.filter(about="voucher", application__award__voucher__state="active")
    sides = written.values_list("side", flat=True)
    assert list(sides) == ["cluster", "partner", "programme", "cluster"]
    states = PublicQuestion.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["published", "published", "asked"]
    offered = Application.objects.get(award__state="offered")
    assert steps_of_applicant(offered.submitted_by)[0].whose == "you"
    assert {"returned", "submitted", "in_force"} <= set(
        PlanVersion.objects.values_list("state", flat=True)
    )
    sent = PlanVersion.objects.filter(amendment="budget", state="submitted")
    assert sent.get().plan.voucher.state == "active"
    assert all(remark.key for remark in PlanRemark.objects.all())
    the_pages_of_real_clusters_say_what_is_known()
    judge_outdated()
    nothing_ends_before_somebody_has_looked_around()
    the_desk_names_who_is_late_and_why()
    before = (Application.objects.count(), User.objects.count())
    assert "there already" in make()
    assert (Application.objects.count(), User.objects.count()) == before


def the_pages_of_real_clusters_say_what_is_known():
    named = {cluster["name"]: cluster for cluster in SEED["clusters"]}
    reports = FinalReport.objects.filter(voucher__award__application__cluster__name__in=named)
    assert reports.count() == len({report.version.summary for report in reports}) == 6
    assert len({report.version.results for report in reports}) == 6
    # What each reports beside its plan, and lets everybody see.
    for report in reports:
        assert report.version.indicators.exists()
        assert report.version.pictures.count() == 1
        assert report.voucher.consents.filter(is_given=True).count() >= 2
    for cluster in Cluster.objects.filter(name__in=named):
        told = named[cluster.name]
        page = Client().get(cluster.get_absolute_url()).content.decode()
        assert cluster.established == told.get("established")
        assert ("Established" in page) is ("established" in told)
        assert not cluster.growth.exists()
        assert not cluster.members.exists()
        assert escape(told["voucher_use"]) not in Client().get("/results/").content.decode()
        for service in told.get("services", []):
            assert service in page
    qoot = Client().get(Cluster.objects.get(name="QOOT Cluster").get_absolute_url())
    assert "over 70 members: start-ups, SMEs, universities, service providers" in (
        qoot.content.decode()
    )


def nothing_ends_before_somebody_has_looked_around():
    """Two weeks at least, whenever the demonstration is made."""
    soon = timezone.now() + timedelta(days=14)
    ends = {
        "calls": Call.objects.filter(state="open", deadline__gt=timezone.now()).values_list(
            "deadline", flat=True
        ),
        "clarifications": Clarification.objects.filter(state="asked").values_list(
            "until", flat=True
        ),
        "assessments": Assignment.objects.filter(
            application__call__slug="scale-up-voucher-open"
        ).values_list("due_at", flat=True),
    }
    for what, instants in ends.items():
        assert instants, what
        assert min(instants) > soon, what
    days = {
        "offers": Award.objects.filter(state="offered").values_list("accept_by", flat=True),
        "milestones": Milestone.objects.filter(plan__voucher__state="active")
        .exclude(plan__voucher__standing__light="red")
        .values_list("due_on", flat=True),
    }
    for what, found in days.items():
        assert found, what
        assert min(found) > soon.date(), what


def the_desk_names_who_is_late_and_why():
    """One waits for the country partner to accept what was delivered, of another nobody hears."""
    coordinator = User.objects.get(email="coordinator@example.org")
    TOTP.activate(coordinator, generate_totp_secret())
    page = log_in(Client(), coordinator).get("/")
    told = {item.label for item in page.context["desk"].late.items}
    for cluster, why in (
        (made_up("LB", 16), "to accept “"),
        # The story counts its days by the first zone of the programme, where one begins before Tunis.
        (made_up("TN", 15), r"Nothing was heard for 7[78] days\."),
    ):
        (label,) = (label for label in told if cluster.name in label)
        assert re.search(why, label), label
        assert escape(label) in page.content.decode()


def test_a_real_cluster_gets_no_facts_that_nobody_told():
    for facts in real_clusters():
        told = next(entry for entry in SEED["clusters"] if entry["name"] == facts.name)
        assert facts.established == told.get("established")
        assert facts.profile["established"] == told.get("established")
        for name in ("street", "town", "legal_representative"):
            assert "demonstration" in facts.profile[name]
        assert "DEMO" in facts.profile["registration_number"]


def test_the_log_ins_name_every_role():
    table = make("--accounts")
    for role in ("coordinator", "finance officer", "assessor", "auditor", "administrator"):
        assert role in table


def test_any_number_of_applications_is_made_in_bulk():
    cast_of_all()
    call = make_applications(60)
    assert Call.objects.get(pk=call.pk).applications.filter(state="eligible").count() == 60
    assert Cluster.objects.filter(sector="Benchmarks").count() == 60
    rankings = ranked_by_country(call)
    assert [len(ranking.places) for ranking in rankings] == [20, 20, 20]
    assert not any(ranking.unscored for ranking in rankings)
