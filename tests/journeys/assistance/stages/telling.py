"""The final report, what of it is public, and the survey six months later."""

from __future__ import annotations

from django.core import mail
from django.urls import reverse

from tests.assistance.surveys.asked import on_day
from tests.journeys.assistance import test_report as reports
from tests.journeys.assistance.test_plan import press
from tests.links.linking import newest_code, path_in
from vouchers.assistance.surveys.models import Survey, SurveyAnswer, SurveyLink
from vouchers.assistance.surveys.tasks import follow_up, mail_survey_link


def report(cluster, partner, told):
    """Written on the telephone with a picture; the officer accepts it, which closes the voucher."""
    cluster.open(told.voucher.get_absolute_url())
    press(cluster, f".next-step a[href='{reports.address(told)}']")
    reports.write_all(cluster)
    reports.add_a_picture(cluster)
    reports.send(cluster, told)
    partner.open(reports.address(told, "version", 1))
    accepting = reverse("payments:accept_report", args=[told.voucher.pk])
    press(partner, f"button[formaction='{accepting}']")
    told.voucher.refresh_from_db()
    assert told.voucher.state == "closed"


def publish(cluster, told, public):
    """Nothing of it is public before the cluster says so."""
    reports.assert_public(public, shown=False)
    reports.consent(cluster, told, given=True)
    reports.assert_public(public, shown=True)


def answer_the_survey(telephone, told):
    """Six months later its link comes by mail; what the report said stands beside every field."""
    with on_day(told):
        follow_up()
        mail_survey_link(SurveyLink.objects.get().pk)
        telephone.context.set_extra_http_headers({"Accept-Language": "fr"})
        telephone.open(path_in(mail.outbox[-1].body))
        telephone.press("M’envoyer le code").fill(link_code=newest_code())
        telephone.press("Ouvrir la page").reads("9,5")
        value = telephone.page.locator("main input[name^=value_]")
        value.fill("11")
        telephone.fill(jobs_created="3", turnover_change="7,5", new_markets="1", members="40")
        press(telephone, "button[name=send]")
    assert Survey.objects.get().versions == 1
    assert SurveyAnswer.objects.get().indicators.get().value == 11
