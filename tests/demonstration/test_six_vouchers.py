"""The article's six vouchers: each told through every stage, and after the use that the file tells."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db.models import F, Sum
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from demonstration.content.clusters import SEED
from tests.demonstration.story import the_whole_story
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.delivery.models import SessionPicture
from vouchers.assistance.plans.models import PlanVersion
from vouchers.assistance.reports.queries import consents_of
from vouchers.assistance.reports.queries.publishing import published_of
from vouchers.assistance.surveys.models import Survey
from vouchers.awards.models import Voucher
from vouchers.correspondence.models import Message
from vouchers.providers.quotes.models import TermsOfReference

pytestmark = pytest.mark.django_db

# What the use of each voucher is about, in the words of the language in which it is told. Each is a
# part of `voucher_use` in programme.json, or of its translation.
USES = {
    "QOOT Cluster": ["procedures", "manuals", "universities", "academia", "industry", "knowledge"],
    "Lebanon SoftShore Cluster": ["expan", "new markets", "export strateg", "business plans"],
    "Cluster MENARA": [
        *("modèle d’affaires", "luxe", "cosmétique", "industriels", "universités"),
        *("région", "vision", "innovation"),
    ],
    "Cluster Electronique & Mécatronique (CE3M)": [
        *("offre de services", "plateforme de prototypage", "commercial", "équipements"),
        "infrastructures",
    ],
    "Cluster de Textile Technique du Sahel": [
        *("mission pilote", "membre industriel", "transition", "industrie 4.0"),
    ],
    "Cluster Huile d'Olive du Nord Ouest": ["التواصل", "تسويق", "فرص أعمال", "الأعضاء"],
}
LANGUAGES = {"LB": {"en"}, "MA": {"fr"}, "TN": {"fr", "ar"}}
NAMES = [cluster["name"] for cluster in SEED["clusters"]]


@pytest.fixture
def told():
    the_whole_story()
    return {name: _voucher_of(name) for name in NAMES}


def _voucher_of(name):
    application = "award__application"
    return Voucher.objects.get(
        **{f"{application}__cluster__name": name, f"{application}__call__voucher_amount": 5000}
    )


def test_every_stage_of_each_voucher_is_told(told):
    for name, voucher in told.items():
        for stage in STAGES:
            stage(name, voucher)


def needs_are_found_by_both(name, voucher):
    meeting = voucher.meetings.get(state="took_place")
    assert meeting.agenda, name
    assert meeting.notes, name
    assert meeting.slots.count() == 2, name
    assert {person.side for person in meeting.attendances.all()} == {"cluster", "partner"}, name
    record = voucher.needs_records.get(state="confirmed")
    people = {record.cluster_confirmed_by_id, record.partner_confirmed_by_id}
    assert None not in people, name
    assert len(people) == 2, name
    needs = list(record.needs.select_related("theme"))
    assert len(needs) == len({need.theme_id for need in needs}) >= 2, name
    assert any(need.evidence for need in needs), name
    assert any(need.existing for need in needs), name
    assert record.remarks.filter(side="cluster").exists(), name
    assert record.sharing_number == 2, name


def the_plan_is_in_versions(name, voucher):
    versions = list(voucher.plan.versions.order_by("number"))
    standing = voucher.plan.in_force
    assert standing == versions[-1], name
    assert standing.amendment, name
    assert standing.reason, name
    assert versions[-2].state == "replaced", name
    assert standing.objectives.count() == 2, name
    record = voucher.needs_records.get(state="confirmed")
    needs = {str(need.key) for need in record.needs.all()}
    for objective in standing.objectives.all():
        assert objective.needs, name
        assert set(objective.needs) <= needs, name
    assert standing.activities.count() == 4, name
    assert standing.deliverables.count() == standing.milestones.count() == 2, name
    lines = list(standing.lines.all())
    assert len({line.kind for line in lines}) >= 2, name
    for line in lines:
        if line.kind == "days":
            assert line.days * line.rate == line.amount, name
            assert 150 <= line.rate <= 600, name
    for version in versions:
        assert version.lines.aggregate(total=Sum("amount"))["total"] <= 5000, name
    assert sum(line.amount for line in lines) > 4000, name
    results = list(standing.results.all())
    assert len(results) == 3, name
    assert all(result.target != result.baseline for result in results), name


def somebody_made_up_delivers(name, voucher):
    for version in voucher.plan.versions.exclude(provider=None):
        assert "(demonstration)" in version.provider.name, name
        assert version.provider.expertise, name
        assert version.provider.registration_number.startswith("DEMO-"), name
    for terms in TermsOfReference.objects.filter(voucher=voucher):
        assert terms.state == "decided", name
        asked = list(terms.invitations.all())
        assert len(asked) == 3, name
        assert all("(demonstration)" in one.provider.name for one in asked), name
        choice = terms.choices.get(is_confirmed=True)
        assert not choice.is_cheapest, name
        assert choice.reason, name
        assert voucher.contract.amount <= choice.amount <= 5000, name


def experts_worked_and_were_confirmed(name, voucher):
    sessions = list(voucher.sessions.all())
    assert len(sessions) == 9, name
    assert {session.state for session in sessions} == {"confirmed"}, name
    for milestone in voucher.plan.milestones.all():
        hours = sum(session.hours for session in sessions if session.milestone_id == milestone.pk)
        assert Decimal("0.8") <= hours / (milestone.days * 8) <= 1, name
    for session in sessions:
        assert session.participants, name
        assert session.women is not None, name
        assert session.notes, name
        assert session.confirmed_by_id != session.logged_by_id, name
    assert len({session.activity for session in sessions}) == 4, name
    assert {session.is_online for session in sessions} == {True, False}, name
    assert SessionPicture.objects.filter(session__voucher=voucher).count() == 2, name
    assert hasattr(voucher, "contract") == all(
        session.logged_through is not None for session in sessions
    ), name


def deliverables_came_back_once(name, voucher):
    versions = Deliverable.objects.filter(milestone__plan__voucher=voucher)
    accepted = versions.filter(state="accepted")
    assert accepted.count() == 2, name
    assert not accepted.filter(accepted_by=F("cluster_accepted_by")).exists(), name
    returned = versions.get(state="returned")
    assert returned.points.filter(sent_at__isnull=False).exists(), name
    second = accepted.get(milestone=returned.milestone)
    assert second.number == 2, name
    assert second.changes, name
    assert second.answers.count() == returned.points.count(), name


def people_wrote_to_each_other(name, voucher):
    application = voucher.award.application
    sides = Message.objects.filter(about="voucher", application=application).order_by("pk")
    assert [*sides.values_list("side", flat=True)][:2] == ["cluster", "partner"], name


def it_was_paid_and_reported(name, voucher):
    assert voucher.state == "closed", name
    paid = [
        voucher.claims.get(lines__milestone=milestone, state="paid")
        for milestone in voucher.plan.milestones.all()
    ]
    assert sum(claim.amount for claim in paid) <= 5000, name
    report = voucher.final_report
    assert report.state == "accepted", name
    version = report.version
    for text in ("summary", "results", "story", "lessons", "provider_words"):
        assert len(getattr(version, text)) > 20, (name, text)
    assert 1 <= version.satisfaction <= 5, name
    planned = {(one.key, one.baseline, one.target) for one in voucher.plan.in_force.results.all()}
    assert planned == {(one.key, one.baseline, one.target) for one in version.indicators.all()}
    assert all(one.note and one.evidence for one in version.indicators.all()), name
    picture = version.pictures.get()
    assert picture.caption, name
    assert picture.credit, name
    assert picture.alternative, name


def it_was_asked_what_became_of_it(name, voucher):
    survey = voucher.surveys.get(months=6)
    answer = survey.answers.latest("number")
    assert answer.indicators.count() == 3, name
    assert answer.words, name


STAGES = (
    needs_are_found_by_both,
    the_plan_is_in_versions,
    somebody_made_up_delivers,
    experts_worked_and_were_confirmed,
    deliverables_came_back_once,
    people_wrote_to_each_other,
    it_was_paid_and_reported,
    it_was_asked_what_became_of_it,
)


def test_they_differ_where_life_does(told):
    vouchers = told.values()
    assert {voucher.plan.in_force.amendment for voucher in vouchers} == {"budget", "extension"}
    # In each country one has asked for quotes.
    quoted = [voucher for voucher in vouchers if hasattr(voucher, "contract")]
    countries = [voucher.award.application.country_id for voucher in quoted]
    assert sorted(countries) == ["LB", "MA", "TN"]
    versions = PlanVersion.objects.filter(plan__voucher__in=vouchers)
    assert versions.filter(state="returned").count() == 2
    returned = [voucher for voucher in vouchers if voucher.final_report.versions.count() == 2]
    assert len(returned) == 2
    # A coordinator wrote to one; a light was set by hand for some.
    assert Message.objects.filter(about="voucher", side="programme").exists()
    assert 2 <= sum(voucher.light_overrides.exists() for voucher in vouchers) <= 5
    # What everybody may read is of another extent here and there.
    extents = {
        frozenset(kind for kind, said in consents_of(voucher).items() if said.is_given)
        for voucher in vouchers
    }
    assert len(extents) >= 4
    # No text of a report is that of another one.
    reports = [voucher.final_report.version for voucher in vouchers]
    for text in ("summary", "results", "story", "lessons"):
        assert len({getattr(version, text) for version in reports}) == 6
    # One survey was corrected, one asks these days.
    surveys = Survey.objects.filter(voucher__in=vouchers)
    assert surveys.filter(versions=2).count() == 1
    assert [one.months for one in surveys if one.standing == "open"] == [12]


def test_each_tells_the_use_that_the_file_tells(told):
    for name, voucher in told.items():
        application = voucher.award.application
        assert application.language in LANGUAGES[application.country_id], name
        assert application.submitted_by.language == application.language, name
        standing, report = voucher.plan.in_force, voucher.final_report.version
        needs = voucher.needs_records.get(state="confirmed").needs.all()
        planned = [standing.aim, *(one.text for one in standing.objectives.all())]
        planned += [one.title for one in standing.milestones.all()]
        found = {
            "needs": " ".join(need.what for need in needs),
            "plan": " ".join(planned),
            "report": f"{report.summary} {report.results}",
        }
        for word in USES[name]:
            assert word in found["plan"].casefold(), (name, word)
        for where in ("needs", "report"):
            told_there = [word for word in USES[name] if word in found[where].casefold()]
            assert len(told_there) >= len(USES[name]) * 2 // 3, (name, where, told_there)


def test_english_uses_are_those_of_the_file():
    seed = {cluster["name"]: cluster["voucher_use"] for cluster in SEED["clusters"]}
    for name in NAMES[:2]:
        for word in USES[name]:
            assert word in seed[name], (name, word)


def test_everybody_reads_what_the_clusters_let_them(told):
    results = Client().get(reverse("dashboards:results")).content.decode()
    for name, voucher in told.items():
        page = Client().get(voucher.award.application.cluster.get_absolute_url()).content.decode()
        published, version = published_of(voucher), voucher.final_report.version
        assert published is not None, name
        for shown in (results, page):
            assert escape(version.summary) in shown, name
            assert escape(version.story) in shown, name
            # Lessons are for those who work with the voucher.
            assert escape(version.lessons) not in shown, name
        given = consents_of(voucher)
        for kind, text in (
            ("figures", version.indicators.earliest("position").name),
            ("pictures", version.pictures.get().caption),
        ):
            assert (escape(text) in results) == given[kind].is_given, (name, kind)
        provider = voucher.plan.in_force.provider.name
        assert bool(published.provider) == given["provider"].is_given, name
        if given["provider"].is_given:
            assert escape(provider) in page, name
