"""What must hold of assistance whatever happens, computed from the tables; nothing of the portal's
own rules is used for it.

Each rule is a query for what breaks it. Who was a manager is read in the history: people change sides.
"""

from __future__ import annotations

from django.db import connection

_COUNTS = "('logged', 'confirmed')"
_OF_VOUCHER = """
    JOIN vouchers_plan plan ON plan.voucher_id = voucher.id
    JOIN vouchers_award award ON award.id = voucher.award_id
    JOIN vouchers_application application ON application.id = award.application_id
    JOIN vouchers_call call ON call.id = application.call_id
    JOIN clusters_country country ON country.code = application.country_id
"""

RULES = {
    "the lines of what is sent, approved or in force are at most the voucher": f"""
        SELECT version.id, sum(line.amount), voucher.amount FROM vouchers_voucher voucher {_OF_VOUCHER}
        JOIN vouchers_planversion version ON version.plan_id = plan.id
        JOIN vouchers_budgetline line ON line.version_id = version.id
        WHERE version.state IN ('submitted', 'partner_approved', 'in_force')
        GROUP BY version.id, voucher.amount HAVING sum(line.amount) > voucher.amount
    """,
    "a line of days costs days times rate": """
        SELECT id, days, rate, amount FROM vouchers_budgetline
        WHERE kind = 'days' AND abs(days * rate - amount) > 0.005 OR amount <= 0
    """,
    "the milestones that stand cost what the lines of the version in force say": """
        SELECT plan.id, sum(milestone.amount) FROM vouchers_plan plan
        JOIN vouchers_milestone milestone
            ON milestone.plan_id = plan.id AND milestone.removed_in_id IS NULL
        GROUP BY plan.id, plan.in_force_id HAVING sum(milestone.amount) IS DISTINCT FROM (
            SELECT sum(amount) FROM vouchers_budgetline WHERE version_id = plan.in_force_id
        )
    """,
    "sessions of a milestone are at most its days and the tolerance": f"""
        SELECT milestone.id, sum(session.hours), milestone.days, call.session_tolerance
        FROM vouchers_voucher voucher {_OF_VOUCHER}
        JOIN vouchers_milestone milestone ON milestone.plan_id = plan.id
        JOIN vouchers_session session ON session.milestone_id = milestone.id
        WHERE session.state IN {_COUNTS}
        GROUP BY milestone.id, call.session_tolerance
        HAVING sum(session.hours) > milestone.days * 8 * (1 + call.session_tolerance / 100)
            OR milestone.removed_in_id IS NOT NULL
    """,
    "a session is of a milestone of its own voucher": """
        SELECT session.id FROM vouchers_session session
        JOIN vouchers_milestone milestone ON milestone.id = session.milestone_id
        JOIN vouchers_plan plan ON plan.id = milestone.plan_id
        WHERE plan.voucher_id <> session.voucher_id
    """,
    "a session lies within its voucher": f"""
        SELECT session.id, session.day FROM vouchers_session session
        JOIN vouchers_voucher voucher ON voucher.id = session.voucher_id
        WHERE session.state IN {_COUNTS}
            AND NOT session.day BETWEEN voucher.valid_from AND voucher.valid_until
    """,
    "a session lies within its contract, or an amendment gave more time": f"""
        SELECT session.id, session.day FROM vouchers_session session
        JOIN vouchers_contract contract ON contract.voucher_id = session.voucher_id
            AND contract.provider_id = session.provider_id
        WHERE session.state IN {_COUNTS}
            AND NOT session.logged_at < contract.entered_at
            AND (session.day < contract.starts_on OR session.day > contract.ends_on AND NOT EXISTS (
                SELECT FROM vouchers_plan plan
                JOIN vouchers_planversion version ON version.plan_id = plan.id
                WHERE plan.voucher_id = session.voucher_id AND version.amendment = 'extension'
                    AND version.in_force_at > contract.entered_at
            ))
    """,
    "nothing is worked before a plan was in force, nor ahead of time": f"""
        SELECT session.id, session.day FROM vouchers_voucher voucher {_OF_VOUCHER}
        JOIN vouchers_session session ON session.voucher_id = voucher.id
        WHERE session.state IN {_COUNTS} AND (
            session.day < COALESCE((
                SELECT (min(version.in_force_at) AT TIME ZONE country.time_zone)::date
                FROM vouchers_planversion version WHERE version.plan_id = plan.id
            ), 'infinity'::date)
            OR session.day > (session.logged_at AT TIME ZONE country.time_zone)::date
        )
    """,
    "nothing is worked while a voucher rests": f"""
        SELECT session.id, session.day FROM vouchers_session session
        JOIN vouchers_suspension rest ON rest.voucher_id = session.voucher_id
        WHERE session.state IN {_COUNTS} AND session.logged_at > rest.set_at
            AND session.day >= rest.since
            AND (rest.resumed_on IS NULL OR session.day < rest.resumed_on)
    """,
    "one expert works at most one day on one date, over all vouchers": f"""
        SELECT expert_email, day, sum(hours) FROM vouchers_session
        WHERE state IN {_COUNTS} GROUP BY expert_email, day HAVING sum(hours) > 8
    """,
    "hours are quarters, more than none": """
        SELECT id, hours FROM vouchers_session WHERE hours <= 0 OR hours * 4 <> trunc(hours * 4)
    """,
    "a session is confirmed by a manager of the cluster who did not log it": """
        SELECT session.id FROM vouchers_session session
        JOIN vouchers_voucher voucher ON voucher.id = session.voucher_id
        JOIN vouchers_award award ON award.id = voucher.award_id
        JOIN vouchers_application application ON application.id = award.application_id
        WHERE session.state = 'confirmed' AND (
            session.confirmed_by_id IS NULL OR session.confirmed_by_id = session.logged_by_id
            OR NOT EXISTS (
                SELECT FROM clusters_representativeevent one WHERE one.level = 'manager'
                    AND one.cluster_id = application.cluster_id
                    AND one.user_id = session.confirmed_by_id
            )
        )
    """,
    "quotes are read by nobody before they are opened": """
        SELECT quote.id FROM vouchers_quote quote
        JOIN vouchers_quoteinvitation invitation ON invitation.id = quote.invitation_id
        WHERE NOT EXISTS (
            SELECT FROM vouchers_quoteopening opening
            JOIN vouchers_termsofreference terms ON terms.id = opening.terms_id
            WHERE terms.id = invitation.terms_id AND opening.opened_at >= terms.deadline
        )
        UNION ALL
        SELECT line.id FROM vouchers_quoteline line
        WHERE NOT EXISTS (SELECT FROM vouchers_quote quote WHERE quote.id = line.quote_id)
    """,
    "what was opened had arrived before the deadline": """
        SELECT quote.id FROM vouchers_quote quote
        JOIN vouchers_quoteinvitation invitation ON invitation.id = quote.invitation_id
        JOIN vouchers_termsofreference terms ON terms.id = invitation.terms_id
        WHERE quote.state = 'sent' AND quote.sent_at >= terms.deadline
    """,
    "two people open": """
        SELECT id FROM vouchers_quoteopening
        WHERE first_person_id = second_person_id OR second_person_id IS NULL
    """,
    "who chooses, or confirms, has no conflict; they are two": """
        SELECT choice.id FROM vouchers_quotechoice choice
        WHERE choice.chosen_by_id = choice.answered_by_id OR EXISTS (
            SELECT FROM vouchers_interestdeclaration said
            JOIN vouchers_quoteinvitation invitation ON invitation.id = said.invitation_id
            WHERE invitation.terms_id = choice.terms_id AND said.has_conflict
                AND said.person_id IN (choice.chosen_by_id, choice.answered_by_id)
        )
    """,
    "quotes are compared at the rate of the month of their deadline, and only those that are open": """
        SELECT taken.id FROM vouchers_quoterate taken
        JOIN vouchers_exchangerate rate ON rate.id = taken.rate_id
        JOIN vouchers_termsofreference terms ON terms.id = taken.terms_id
        JOIN vouchers_voucher voucher ON voucher.id = terms.voucher_id
        JOIN vouchers_award award ON award.id = voucher.award_id
        JOIN vouchers_application application ON application.id = award.application_id
        JOIN clusters_country country ON country.code = application.country_id
        WHERE taken.units_per_euro <> rate.units_per_euro OR taken.currency <> rate.currency
            OR rate.month <> to_char(terms.deadline AT TIME ZONE country.time_zone, 'YYYY-MM')
            OR terms.state = 'opened' AND rate.replaced_at IS NOT NULL
            OR NOT EXISTS (SELECT FROM vouchers_quoteopening o WHERE o.terms_id = taken.terms_id)
    """,
    "a choice keeps what its lines come to in euro, each rounded once, half up": """
        SELECT choice.id FROM vouchers_quotechoice choice
        JOIN vouchers_quote quote ON quote.id = choice.quote_id
        JOIN vouchers_quoteline line ON line.quote_id = quote.id
        LEFT JOIN vouchers_quoterate taken
            ON taken.terms_id = choice.terms_id AND taken.currency = quote.currency
        WHERE choice.is_confirmed IS NOT FALSE
        GROUP BY choice.id
        HAVING choice.amount IS DISTINCT FROM sum(round(CASE WHEN quote.currency = 'EUR'
            THEN line.amount ELSE line.amount / taken.units_per_euro END, 2))
    """,
    "a contract is in the currency of its quote, and within it there too": """
        SELECT contract.id FROM vouchers_contract contract
        JOIN vouchers_quotechoice choice ON choice.id = contract.choice_id
        JOIN vouchers_quote quote ON quote.id = choice.quote_id
        WHERE contract.currency <> quote.currency OR contract.total > (
            SELECT sum(amount) FROM vouchers_quoteline line WHERE line.quote_id = quote.id
        )
    """,
    "a contract is within its quote, its voucher and the days of that": """
        SELECT contract.id FROM vouchers_contract contract
        JOIN vouchers_quotechoice choice ON choice.id = contract.choice_id
        JOIN vouchers_voucher voucher ON voucher.id = contract.voucher_id
        WHERE contract.amount > choice.amount OR contract.amount > voucher.amount
            OR choice.is_confirmed IS NOT TRUE OR contract.starts_on < voucher.valid_from
            OR contract.starts_on > contract.ends_on
    """,
    "what is accepted is accepted by two: a manager of the cluster, and an officer of its country": """
        SELECT version.id FROM vouchers_deliverable version
        JOIN vouchers_milestone milestone ON milestone.id = version.milestone_id
        JOIN vouchers_plan plan ON plan.id = milestone.plan_id
        JOIN vouchers_voucher voucher ON voucher.id = plan.voucher_id
        JOIN vouchers_award award ON award.id = voucher.award_id
        JOIN vouchers_application application ON application.id = award.application_id
        WHERE version.state = 'accepted' AND (
            version.accepted_by_id IS NULL OR version.cluster_accepted_by_id IS NULL
            OR version.accepted_by_id = version.cluster_accepted_by_id
            OR NOT EXISTS (
                SELECT FROM clusters_representativeevent one WHERE one.level = 'manager'
                    AND one.cluster_id = application.cluster_id
                    AND one.user_id = version.cluster_accepted_by_id
            )
            OR NOT EXISTS (
                SELECT FROM accounts_rolegrant granted WHERE granted.role = 'officer'
                    AND granted.country_code = application.country_id
                    AND granted.user_id = version.accepted_by_id AND granted.revoked_at IS NULL
            )
        )
    """,
    "of a milestone one version is accepted, and nothing is handed in after it": """
        SELECT version.id FROM vouchers_deliverable version
        JOIN vouchers_deliverable later
            ON later.milestone_id = version.milestone_id AND later.number > version.number
        WHERE version.state IN ('accepted', 'cluster_accepted')
    """,
    "one version of a plan is in force": """
        SELECT plan_id FROM vouchers_planversion WHERE state = 'in_force'
        GROUP BY plan_id HAVING count(*) > 1
    """,
    "a plan says which version is in force": """
        SELECT plan.id FROM vouchers_plan plan
        LEFT JOIN vouchers_planversion version
            ON version.plan_id = plan.id AND version.state = 'in_force'
        WHERE plan.in_force_id IS DISTINCT FROM version.id
    """,
    "no version was approved while there was a newer one, nor by who sent it": """
        SELECT version.id FROM vouchers_planversion version
        WHERE version.partner_approved_at IS NOT NULL AND (
            version.partner_approved_by_id = version.submitted_by_id OR EXISTS (
                SELECT FROM vouchers_planversion newer WHERE newer.plan_id = version.plan_id
                    AND newer.number > version.number
                    AND newer.begun_at < version.partner_approved_at
            )
        )
    """,
    "one record of needs stands, confirmed by two": """
        SELECT voucher_id FROM vouchers_needsrecord WHERE state = 'confirmed'
        GROUP BY voucher_id HAVING count(*) > 1
            OR bool_or(cluster_confirmed_by_id IS NULL OR partner_confirmed_by_id IS NULL
                OR cluster_confirmed_by_id = partner_confirmed_by_id)
    """,
    "a plan follows needs that were confirmed": """
        SELECT version.id FROM vouchers_planversion version
        JOIN vouchers_plan plan ON plan.id = version.plan_id
        WHERE version.submitted_at < COALESCE((
            SELECT min(record.confirmed_at) FROM vouchers_needsrecord record
            WHERE record.voucher_id = plan.voucher_id
        ), 'infinity')
    """,
    "a meeting was held after it began, and two are not at one time": """
        SELECT meeting.id FROM vouchers_meeting meeting
        LEFT JOIN vouchers_meeting other ON other.voucher_id = meeting.voucher_id
            AND other.id <> meeting.id AND other.state = meeting.state
            AND other.starts_at < meeting.ends_at AND meeting.starts_at < other.ends_at
        WHERE meeting.state = 'took_place' AND meeting.held_at < meeting.starts_at
            OR meeting.state = 'agreed' AND other.id IS NOT NULL
    """,
    "no errand of the clock failed": "SELECT kind, key, last_error FROM jobs_trouble",
}


def broken_rules() -> list[tuple[str, list[tuple[object, ...]]]]:
    """The rules that something breaks now, each with what does."""
    found = []
    with connection.cursor() as cursor:
        for rule, query in RULES.items():
            cursor.execute(query)
            if rows := cursor.fetchall():
                found.append((rule, rows))
    return found
