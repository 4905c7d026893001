"""What triggers enforce of final reports where no constraint can; `ENFORCED` says it in words."""

from __future__ import annotations

import pgtrigger
from django.utils.translation import gettext_lazy as _

# Who accepts a page that was left open accepts what they did not read.
THE_NEWEST = """
    IF NEW.version_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM vouchers_reportversion one
        WHERE one.id = NEW.version_id AND one.report_id = NEW.id AND one.number = (
            SELECT max(number) FROM vouchers_reportversion WHERE report_id = NEW.id
        )
    ) THEN
        RAISE EXCEPTION 'a report stands on its newest version' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_report_stands_on_its_newest_version';
    END IF;
    RETURN NEW;
"""

# Whether a coordinator reads it too is said by the call.
AS_THE_CALL_SAYS = """
    IF NEW.partner_accepted_by_id IS NULL AND (
        SELECT call.plans_to_coordinator FROM vouchers_voucher voucher
            JOIN vouchers_award award ON award.id = voucher.award_id
            JOIN vouchers_application application ON application.id = award.application_id
            JOIN vouchers_call call ON call.id = application.call_id
            WHERE voucher.id = NEW.voucher_id
    ) THEN
        RAISE EXCEPTION 'partner and coordinator accept the reports of this call' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_report_is_accepted_as_its_call_says';
    END IF;
    RETURN NEW;
"""

# Rows are written with the version, before the report stands on it; none is added to it later.
SENT_ALREADY = (
    "EXISTS (SELECT FROM vouchers_reportversion sent"
    " JOIN vouchers_finalreport report ON report.id = sent.report_id"
    " JOIN vouchers_reportversion newest ON newest.id = report.version_id"
    " WHERE sent.id = NEW.version_id AND newest.number >= sent.number)"
)

# A file of another report would show what its own cluster never published.
OF_ANOTHER_REPORT = (
    "NEW.file_id IS NOT NULL AND NOT EXISTS (SELECT FROM vouchers_reportfile file"
    " JOIN vouchers_reportversion version ON version.report_id = file.report_id"
    " WHERE file.id = NEW.file_id AND version.id = NEW.version_id)"
)

SENTENCES_OF_REPORTS = {
    "a_report_stands_on_its_newest_version": _(
        "There is a newer version of this report: please read that one."
    ),
    "a_report_is_accepted_as_its_call_says": _(
        "In this call partner and coordinator accept the report, one after the other."
    ),
}


def on_its_way() -> list[pgtrigger.Trigger]:
    """What is looked at when a report is sent and accepted."""
    return [
        pgtrigger.Trigger(
            name="stands_on_its_newest",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(new__state__df=pgtrigger.F("old__state"))
            | pgtrigger.Q(new__version__df=pgtrigger.F("old__version")),
            func=THE_NEWEST,
        ),
        pgtrigger.Trigger(
            name="accepted_as_the_call_says",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(new__state="accepted")
            & pgtrigger.Q(new__state__df=pgtrigger.F("old__state")),
            func=AS_THE_CALL_SAYS,
        ),
    ]
