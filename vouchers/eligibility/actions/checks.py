"""Every write about eligibility."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from i18nfield.strings import LazyI18nString

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, move, require_words
from documents.actions import issue_in_every_language, withdraw_document
from documents.models import Document
from documents.queries import documents_about
from notices.actions import notify_each
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Application
from vouchers.calls.models import EligibilityRule
from vouchers.eligibility.letters import INELIGIBILITY, ineligibility_facts
from vouchers.eligibility.models import CheckDraft, Clarification, EligibilityCheck, Finding, Result
from vouchers.eligibility.permissions import may_check_eligibility
from vouchers.eligibility.queries import Checklist, check_of, may_be_reopened
from vouchers.eligibility.queries.automatic_answers import Automatic, reason_is_due

from .clarifications import lapse_clarification


@dataclass(frozen=True)
class Verdict:
    """What an officer decides about one rule: met or not met, and why."""

    result: str
    reason: str = ""


@action(gettext_lazy("Eligibility checked"))
def check_eligibility(
    application: Application,
    verdicts: Mapping[int, Verdict],
    *,
    by: User,
    reason: str = "",
) -> EligibilityCheck:
    """Decide whether a submitted application may be scored; the outcome follows from the verdicts.

    `verdicts` holds one for each rule of the call, by rule id. What the data say is computed anew
    and kept with each finding. Raises Refused when a verdict is missing, or has no reason although
    the data say otherwise or a rule by hand is not met. An ineligible cluster gets its letter;
    `reason` is a word to it besides the findings.
    """
    application = judged(application, may_check_eligibility, by=by)
    _require_nothing_asked(application)
    checklist = Checklist(application)
    automatic = checklist.automatic()
    for rule in checklist.rules:
        _require_verdict(rule, verdicts.get(rule.pk), automatic[rule.pk])
    outcome = (
        EligibilityCheck.Outcome.ELIGIBLE
        if all(verdicts[rule.pk].result == Result.MET for rule in checklist.rules)
        else EligibilityCheck.Outcome.INELIGIBLE
    )
    move(application, Application.State(outcome))
    with constraints_of(EligibilityCheck):
        check = EligibilityCheck.objects.create(
            application=application, outcome=outcome, reason=reason, checked_by=by
        )
    _write_findings(check, checklist, verdicts, automatic)
    application.save()
    application.check_drafts.all().delete()
    _tell_outcome(application, check, by=by)
    return check


def _require_nothing_asked(application: Application) -> None:
    """Let pass where no answer is awaited; what is over is closed first."""
    asked = application.clarifications.filter(state=Clarification.State.ASKED).first()
    if asked is not None and not lapse_clarification(asked, by=None):
        raise Refused(
            _("The cluster is being asked about its answers: wait, or end the clarification.")
        )


def _require_verdict(
    rule: EligibilityRule, verdict: Verdict | None, automatic: Automatic | None
) -> None:
    if verdict is None or verdict.result not in (Result.MET, Result.NOT_MET):
        raise Refused(_("Decide whether this rule is met: %(rule)s") % {"rule": rule})
    if reason_is_due(automatic, verdict.result):
        require_words(verdict.reason, _("Say why, for this rule: %(rule)s") % {"rule": rule})


def _write_findings(
    check: EligibilityCheck,
    checklist: Checklist,
    verdicts: Mapping[int, Verdict],
    automatic: Mapping[int, Automatic | None],
) -> None:
    bases = _bases_in_every_language(checklist)
    Finding.objects.bulk_create(
        Finding(
            eligibility_check=check,
            rule=rule,
            automatic=said.result if (said := automatic[rule.pk]) else "",
            basis=bases[rule.pk],
            result=verdicts[rule.pk].result,
            reason=verdicts[rule.pk].reason.strip(),
        )
        for rule in checklist.rules
    )


def _bases_in_every_language(checklist: Checklist) -> dict[int, LazyI18nString]:
    """The facts behind each automatic answer, by rule id, in the words of each language."""
    texts: dict[int, dict[str, str]] = {rule.pk: {} for rule in checklist.rules}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for rule_id, said in Checklist(checklist.application).automatic().items():
                texts[rule_id][language] = "\n".join(said.basis) if said else ""
    return {rule_id: LazyI18nString(by_language) for rule_id, by_language in texts.items()}


@action(gettext_lazy("Draft of a check saved"))
def save_check_draft(application: Application, typed: Mapping[str, Any], *, by: User) -> CheckDraft:
    """Keep what an officer has filled in of a check, as it was typed."""
    application = judged(
        application, may_check_eligibility, by=by, states=[Application.State.SUBMITTED]
    )
    # What nobody can type and PostgreSQL cannot keep.
    kept = {
        name: value.replace("\x00", "") if isinstance(value, str) else value
        for name, value in typed.items()
    }
    draft, _created = CheckDraft.objects.update_or_create(
        application=application, officer=by, defaults={"typed": kept}
    )
    return draft


@action(gettext_lazy("Eligibility check reopened"))
def reopen_check(application: Application, *, by: User, reason: str) -> EligibilityCheck:
    """Take a check back, so that another can be made; the findings stay, and become a draft.

    Only until somebody was asked to score. A letter of ineligibility is withdrawn, and the cluster
    told. Raises OutOfOrder when nothing is checked or somebody scores already.
    """
    application = judged(application, may_check_eligibility, by=by)
    check = check_of(application)
    if check is None or not may_be_reopened(application):
        raise OutOfOrder(_("A check can be opened again only until somebody was asked to score."))
    move(application, Application.State.SUBMITTED)
    check.reopened_by, check.reopened_at, check.reopening_reason = by, timezone.now(), reason
    check.save()
    application.save()
    _withdraw_letters(application, by=by, reason=reason)
    _keep_as_draft(check, by=by)
    notify_each(
        writers_for(application.cluster),
        "eligibility-reopened",
        facts={**application_facts(application), "reason": reason},
        about=application,
    )
    return check


def _withdraw_letters(application: Application, *, by: User, reason: str) -> None:
    for letter in documents_about(application).filter(
        kind=INELIGIBILITY.slug, validity=Document.Validity.CURRENT
    ):
        withdraw_document(letter, by=by, reason=reason)


def _keep_as_draft(check: EligibilityCheck, *, by: User) -> None:
    typed = {"reason": check.reason}
    for finding in check.findings.all():
        typed[f"result_{finding.rule_id}"] = finding.result
        typed[f"reason_{finding.rule_id}"] = finding.reason
    save_check_draft(check.application, typed, by=by)


def _tell_outcome(application: Application, check: EligibilityCheck, *, by: User) -> None:
    facts = application_facts(application)
    if check.outcome == EligibilityCheck.Outcome.ELIGIBLE:
        kind, documents = "application-eligible", []
    else:
        letters = issue_in_every_language(
            INELIGIBILITY,
            application,
            lambda: ineligibility_facts(application, check),
            by=by,
            reference=application.reference or "",
        )
        kind, documents = "application-ineligible", [letters[application.language]]
    notify_each(
        writers_for(application.cluster), kind, facts=facts, about=application, documents=documents
    )
