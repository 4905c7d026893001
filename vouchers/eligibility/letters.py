"""The letter that says why an application is not eligible, and the facts it states."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from conduct.queries.days import iso_day_of
from documents.kinds import DocumentKind, register
from vouchers.applications.letters import application_facts, on_letterhead
from vouchers.applications.models import Application
from vouchers.applications.permissions import may_read_application

from .models import EligibilityCheck

INELIGIBILITY = register(
    DocumentKind(
        slug="ineligibility",
        title=_("Ineligibility letter"),
        template="letters/ineligibility.html",
        may_read=may_read_application,
    )
)


def ineligibility_facts(application: Application, check: EligibilityCheck) -> dict[str, Any]:
    """What was found about each rule and why, in the active language, and the partner's remark.

    Facts are stated where a rule is not met; of the others the result says enough.
    """
    return {
        **application_facts(application),
        **on_letterhead(application),
        "date": iso_day_of(check.checked_at, application.country.zone),
        "reason": check.reason,
        "rules": [
            {
                "rule": str(finding.rule),
                "met": finding.is_met,
                "basis": [] if finding.is_met else str(finding.basis).splitlines(),
                "reason": "" if finding.is_met else finding.reason,
            }
            for finding in check.findings.select_related("rule")
        ],
    }
