"""The demonstration: told once, with work for every role, and at any size."""

import io

import pytest
from django.core.management import call_command

from accounts.models import User
from clusters.models import Cluster
from dashboards.due import due_for, steps_of_applicant
from demonstration import plot
from demonstration.bulk import make_applications
from demonstration.clusters import SEED
from demonstration.letters import first_letters
from demonstration.management.commands import make_demo
from tests.making import cast_of_all
from vouchers.applications.models import Application
from vouchers.awards.models import Voucher
from vouchers.calls.models import Call
from vouchers.correspondence.models import Message, PublicQuestion
from vouchers.payments.queries import out_of_balance
from vouchers.scoring.queries import ranked_by_country

pytestmark = pytest.mark.django_db


def make(*options):
    said = io.StringIO()
    call_command("make_demo", *options, stdout=said)
    return said.getvalue()


def test_the_story_is_told_once_and_leaves_work_for_every_role(monkeypatch):
    shares = []

    def tell(report):
        plot.tell(lambda part, done: (shares.append(done), report(part, done)))

    monkeypatch.setattr(make_demo, "tell", tell)
    make()
    # The bar goes on all the time, and is at its end when all is told.
    assert shares == sorted(shares)
    assert shares.count(1) <= 10
    assert shares[-1] > 0.95
    # What is made before anything is served: the letters of the log-in that is a cluster.
    letters = first_letters()
    assert 8 <= len(letters) <= 20
    assert {letter.kind for letter in letters} >= {"award", "agreement", "payment", "completion"}
    assert {letter.language for letter in letters} == {"en"}
    closed = Voucher.objects.filter(state="closed", amount=5000)
    names = {voucher.award.application.cluster.name for voucher in closed}
    assert names == {cluster["name"] for cluster in SEED["clusters"]}
    countries = [voucher.award.application.country_id for voucher in closed]
    assert sorted(countries) == ["LB", "LB", "MA", "MA", "TN", "TN"]
    assert {state for state, _label in Application.State.choices} == set(
        Application.objects.values_list("state", flat=True)
    )
    assert not out_of_balance().exists()
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
        assert due_for(User.objects.get(email=email)), email
    assert list(Message.objects.values_list("side", flat=True)) == ["cluster", "partner"]
    states = PublicQuestion.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["published", "published", "asked"]
    offered = Application.objects.get(award__state="offered")
    assert steps_of_applicant(offered.submitted_by)[0].whose == "you"
    before = (Application.objects.count(), User.objects.count())
    assert "there already" in make()
    assert (Application.objects.count(), User.objects.count()) == before


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
