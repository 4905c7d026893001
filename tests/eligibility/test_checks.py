"""The partner's check: rule by rule, with reasons, final until it is opened again."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from documents.models import Document
from notices.models import Notice
from tests.eligibility.checking import filled, rule_of
from tests.making import LB, LB_SECOND, LB_THIRD, MA, open_story
from tests.people import log_in, person
from vouchers.applications.models import Application, Recusal
from vouchers.eligibility import actions
from vouchers.eligibility.actions import Verdict
from vouchers.eligibility.models import CheckDraft, EligibilityCheck, Finding
from vouchers.eligibility.queries import check_of, next_to_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return open_story()


@pytest.fixture
def application(story):
    return story.apply(LB)


@pytest.fixture
def officer(story, client):
    officer = story.cast.officer("LB")
    log_in(client, officer)
    return officer


def address(application, name="check"):
    return reverse(f"eligibility:{name}", args=[application.pk])


def state(application):
    return Application.objects.get(pk=application.pk).state


def test_the_page_shows_application_and_checklist_side_by_side(client, officer, application):
    html = client.get(address(application)).content.decode()
    assert LB.voucher_use in html
    for rule in application.call.eligibility_rules.all():
        assert str(rule) in html
    assert "The cluster is in Lebanon, where this call gives 2 vouchers." in html


def test_every_rule_met_makes_it_eligible_and_the_cluster_is_told(client, officer, application):
    client.post(address(application), filled(application))
    check = check_of(application)
    assert state(application) == "eligible"
    assert [finding.result for finding in check.findings.all()] == ["met"] * 7
    assert check.checked_by == officer
    told = Notice.objects.filter(kind="application-eligible").values_list("recipient", flat=True)
    assert list(told) == [application.submitted_by_id]


def test_one_rule_that_is_not_met_makes_it_ineligible_and_the_letter_says_why(
    client, officer, application
):
    typed = filled(
        application,
        ceiling="not_met",
        ceiling_reason="It had a voucher from another programme.",
    )
    client.post(address(application), {**typed, "reason": "Please apply next year."})
    assert state(application) == "ineligible"
    facts = Document.objects.get(kind="ineligibility", language="en").facts
    assert [rule["met"] for rule in facts["rules"]].count(False) == 1
    failed = next(rule for rule in facts["rules"] if not rule["met"])
    assert failed["reason"] == "It had a voucher from another programme."
    assert any("With this voucher:" in fact for fact in failed["basis"])
    assert facts["reason"] == "Please apply next year."
    arabic = Document.objects.get(kind="ineligibility", language="ar").facts
    assert arabic["rules"][0]["rule"] != facts["rules"][0]["rule"]
    notice = Notice.objects.get(kind="application-ineligible")
    assert [letter.language for letter in notice.documents.all()] == [application.language]


def test_against_the_data_a_reason_is_needed_and_nothing_typed_is_lost(
    client, officer, application
):
    typed = filled(application, country="not_met", country_reason="")
    html = client.post(address(application), {**typed, "reason": "Typed."}).content.decode()
    assert "You decide otherwise than the data say: write why." in html
    assert "Typed." in html
    assert state(application) == "submitted"
    assert not EligibilityCheck.objects.exists()


def test_a_rule_by_hand_needs_a_decision_and_a_reason_when_it_is_not_met(
    client, officer, application
):
    rule = rule_of(application, "by_hand")
    typed = filled(application)
    del typed[f"result_{rule.pk}"]
    html = client.post(address(application), typed).content.decode()
    assert "Decide whether this rule is met." in html
    typed[f"result_{rule.pk}"] = "not_met"
    html = client.post(address(application), typed).content.decode()
    assert "Say why the rule is not met: the cluster reads it." in html
    assert state(application) == "submitted"


def test_the_action_asks_for_the_same_whatever_the_form_did(story, application):
    officer = story.cast.officer("LB")
    with pytest.raises(Refused, match="Decide whether"):
        actions.check_eligibility(application, {}, by=officer)
    verdicts = {rule.pk: Verdict("not_met") for rule in application.call.eligibility_rules.all()}
    with pytest.raises(Refused, match="Say why"):
        actions.check_eligibility(application, verdicts, by=officer)


def test_an_overruled_answer_keeps_what_the_data_said(client, officer, application):
    application.call.__class__.objects.update(third_party_ceiling=1)
    application.call.refresh_from_db()
    typed = filled(application, ceiling_reason="The coordinator agreed in writing.")
    client.post(address(application), typed)
    finding = Finding.objects.get(rule=rule_of(application, "ceiling"))
    assert (finding.automatic, finding.result) == ("not_met", "met")
    assert finding.is_overruled
    page = client.get(application.get_absolute_url()).content.decode()
    assert "The coordinator agreed in writing." in page
    assert "According to the data: not met." in page


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE vouchers_eligibilitycheck SET outcome = 'ineligible'",
        "UPDATE vouchers_eligibilitycheck SET checked_at = now()",
        "DELETE FROM vouchers_eligibilitycheck",
        "UPDATE vouchers_finding SET result = 'not_met'",
        "DELETE FROM vouchers_finding",
        "UPDATE vouchers_finding SET reason = 'Another one.'",
    ],
)
def test_the_database_keeps_a_check_as_it_was_made(story, application, change):
    story.check(application)
    with pytest.raises(Exception, match=r"[Cc]annot"), transaction.atomic():
        connection.cursor().execute(change)


def write_at_once(story, application, outcome, **terms):
    """Write a check past the action, with a finding on every rule where `terms` are given."""
    with transaction.atomic():
        check = EligibilityCheck.objects.create(
            application=application, outcome=outcome, checked_by=story.cast.officer("LB")
        )
        if terms:
            Finding.objects.bulk_create(
                Finding(eligibility_check=check, rule=rule, **terms)
                for rule in application.call.eligibility_rules.all()
            )
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(("outcome", "result"), [("eligible", "not_met"), ("ineligible", "met")])
def test_the_database_lets_no_outcome_differ_from_the_findings(story, application, outcome, result):
    with pytest.raises(IntegrityError, match="follows from"):
        write_at_once(story, application, outcome, result=result, reason="Because.")


def test_the_database_lets_no_rule_go_without_a_finding(story, application):
    with pytest.raises(IntegrityError, match="follows from"):
        write_at_once(story, application, "eligible")


@pytest.mark.parametrize(
    ("automatic", "result"),
    [("met", "not_met"), ("not_met", "met"), ("", "not_met"), ("not_known", "met")],
)
def test_the_database_asks_for_a_reason(story, application, automatic, result):
    outcome = "eligible" if result == "met" else "ineligible"
    with pytest.raises(IntegrityError, match="has_a_reason"):
        write_at_once(story, application, outcome, automatic=automatic, result=result)


def test_of_two_officers_the_first_decides(client, officer, story, application):
    colleague = person("second.officer@example.org", role="officer", country="LB")
    typed = filled(application)
    story.check(application)
    html = client.post(address(application), typed).content.decode()
    assert "cannot become" in html
    assert EligibilityCheck.objects.count() == 1
    with pytest.raises(OutOfOrder):
        actions.save_check_draft(application, typed, by=colleague)


def test_an_officer_of_another_country_finds_nothing(client, story, application):
    log_in(client, story.cast.officer("MA"))
    for name in ("check", "draft", "reopen"):
        assert client.post(address(application, name)).status_code == 404


def test_a_recused_officer_finds_nothing(client, officer, application):
    assert client.get(address(application)).status_code == 200
    Recusal.objects.create(application=application, person=officer, reason="My cousin.")
    assert client.get(address(application)).status_code == 404
    with pytest.raises(NotAllowed):
        actions.check_eligibility(application, {}, by=officer)


def test_no_officer_acts_for_a_cluster(officer, application):
    with pytest.raises(IntegrityError, match="represents no cluster"), transaction.atomic():
        application.cluster.representatives.create(user=officer, level="reader")


def test_what_is_filled_in_is_kept_while_one_writes(client, officer, application):
    rule = rule_of(application, "by_hand")
    typed = {f"result_{rule.pk}": "not_met", f"reason_{rule.pk}": "Half a sent", "reason": ""}
    answer = client.post(address(application, "draft"), typed)
    assert "Saved at" in answer.content.decode()
    html = client.get(address(application)).content.decode()
    assert "Half a sent" in html
    assert CheckDraft.objects.get().typed[f"result_{rule.pk}"] == "not_met"


def test_a_colleague_sees_that_somebody_has_begun(client, officer, application):
    colleague = person("second.officer@example.org", role="officer", country="LB", name="Rita Saad")
    actions.save_check_draft(application, {"reason": "Mine"}, by=colleague)
    html = client.get(address(application)).content.decode()
    assert "Rita Saad has begun this check too" in html
    assert ">Mine<" not in html


def test_later_keeps_the_draft_and_leads_to_the_next(client, officer, story, application):
    second = story.apply(LB_SECOND)
    story.apply(MA)
    answer = client.post(address(application), {"later": "yes", "reason": "Later."})
    assert answer["Location"] == second.get_absolute_url()
    assert next_to_check(officer, second) == application
    assert CheckDraft.objects.get().typed["reason"] == "Later."


def test_a_check_can_be_opened_again_until_somebody_is_asked_to_score(
    client, officer, story, application
):
    story.check(application, eligible=False)
    client.post(address(application, "reopen"), {"reason": "I mixed up two files."})
    assert state(application) == "submitted"
    assert check_of(application) is None
    letters = Document.objects.filter(kind="ineligibility")
    assert set(letters.values_list("validity", "withdrawal_reason")) == {
        ("withdrawn", "I mixed up two files.")
    }
    assert Notice.objects.get(kind="eligibility-reopened").recipient == application.submitted_by
    html = client.get(address(application)).content.decode()
    assert "The statutes show a single company" in html
    story.check(application)
    assert state(application) == "eligible"
    assert EligibilityCheck.objects.count() == 2
    story.assign(Application.objects.get(pk=application.pk), 1)
    answer = client.post(address(application, "reopen"), {"reason": "Once more."})
    assert "only until somebody was asked to score" in answer.content.decode()
    assert state(application) == "eligible"
    assert "Open the check again" not in client.get(application.get_absolute_url()).content.decode()


def test_a_reopened_check_stays_as_it_was(story, application):
    story.check(application)
    check = check_of(application)
    actions.reopen_check(application, by=story.cast.officer("LB"), reason="Wrong file.")
    with pytest.raises(Exception, match=r"[Cc]annot"), transaction.atomic():
        EligibilityCheck.objects.filter(pk=check.pk).update(reopened_at=None)
    assert check.findings.count() == 7


def test_reopening_needs_a_reason(client, officer, story, application):
    story.check(application)
    client.post(address(application, "reopen"), {"reason": ""})
    assert state(application) == "eligible"


def test_the_list_costs_the_same_however_long(
    client, officer, story, application, django_assert_num_queries
):
    page = reverse("eligibility:waiting")
    client.get(page)
    with django_assert_num_queries(9) as counted:
        client.get(page)
    story.apply(LB_SECOND)
    story.apply(LB_THIRD)
    with django_assert_num_queries(len(counted)):
        html = client.get(page).content.decode()
    assert html.count("<tr>") == 4


def test_others_have_no_list(client, story, application):
    for user in (application.submitted_by, story.cast.coordinators[0]):
        log_in(client, user)
        assert client.get(reverse("eligibility:waiting")).status_code == 404
