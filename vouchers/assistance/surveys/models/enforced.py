"""What triggers hold of surveys where no constraint can: causes for which a row is refused."""

# A survey is made of a closed voucher, for months that its call says, and for their day. Its country's
# calendar may be a day apart from UTC's, and the ends of two months four.
NOT_AS_THE_CALL_SAYS = """
    NOT EXISTS (
        SELECT FROM vouchers_voucher voucher
        JOIN vouchers_award award ON award.id = voucher.award_id
        JOIN vouchers_application application ON application.id = award.application_id
        JOIN vouchers_call call ON call.id = application.call_id
        WHERE voucher.id = NEW.voucher_id AND voucher.state = 'closed'
        AND NEW.months IN (call.first_survey_months, call.second_survey_months)
        AND abs(NEW.due_on - (
            (voucher.closed_at AT TIME ZONE 'UTC')::date + make_interval(months => NEW.months)
        )::date) <= 4
    )
"""
NOT_THIRTY_DAYS = """
    NEW.ends_on <> NEW.due_on + 30
    OR abs((NEW.ends_at AT TIME ZONE 'UTC')::date - NEW.ends_on) > 1
"""
OTHER_THAN_ITS_VERSIONS = """
    NEW.versions <> (
        SELECT COALESCE(max(number), 0) FROM vouchers_surveyanswer WHERE survey_id = NEW.id
    )
"""
NOT_THE_NEXT = """
    NEW.number <> (
        SELECT COALESCE(max(number), 0) + 1 FROM vouchers_surveyanswer
        WHERE survey_id = NEW.survey_id
    )
"""
# Rows are written with the version, before the survey counts it; none is added to it later.
SENT_ALREADY = """
    EXISTS (
        SELECT FROM vouchers_surveyanswer answer
        JOIN vouchers_survey survey ON survey.id = answer.survey_id
        WHERE answer.id = NEW.answer_id AND survey.versions >= answer.number
    )
"""
BY_ANOTHER_LINK = """
    NOT EXISTS (
        SELECT FROM vouchers_surveylink link
        WHERE link.id = NEW.link_id AND link.survey_id = NEW.survey_id
    )
"""
OF_ANOTHER_CLUSTER = """
    NOT EXISTS (
        SELECT FROM vouchers_survey survey
        JOIN vouchers_voucher voucher ON voucher.id = survey.voucher_id
        JOIN vouchers_award award ON award.id = voucher.award_id
        JOIN vouchers_application application ON application.id = award.application_id
        JOIN clusters_representative one ON one.cluster_id = application.cluster_id
        WHERE survey.id = NEW.survey_id AND one.user_id = NEW.person_id
    )
"""


def after_the_end(instant: str) -> str:
    """The cause for which nothing is taken of a survey whose last second was before `instant`."""
    return (
        f"EXISTS (SELECT FROM vouchers_survey survey WHERE survey.id = NEW.survey_id"
        f" AND {instant} > survey.ends_at)"
    )
