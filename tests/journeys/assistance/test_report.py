"""A report written in French on a telephone, returned in Arabic, accepted, published, and taken back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import User
from tests.assistance.reports.writing import photograph, report_of
from tests.journeys.assistance.test_plan import fits, is_saved, press, says, write
from tests.making import voucher_story
from vouchers.assistance.reports.models import FinalReport, ReportVersion

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
State = FinalReport.State


def address(told, name="report", *more):
    return reverse(f"final_reports:{name}", args=[told.voucher.pk, *more])


def people_of(told):
    """The manager reads French, the officer Arabic."""
    for each, language in ((told.manager, "fr"), (told.officer, "ar")):
        User.objects.filter(pk=each.pk).update(language=language)
    return [User.objects.get(pk=each.pk) for each in (told.manager, told.officer)]


def test_a_report_is_written_returned_mended_accepted_published_and_taken_back(visitor):
    told = voucher_story("paid 1")
    manager, officer = people_of(told)
    cluster, partner, public = visitor(manager, width=390), visitor(officer), visitor()
    cluster.open(told.voucher.get_absolute_url())
    press(cluster, f".next-step a[href='{address(told)}']")
    write_all(cluster)
    add_a_picture(cluster)
    send(cluster, told)
    assert report_of(told).state == State.SUBMITTED

    return_at_an_indicator(partner, told)
    cluster.open(told.voucher.get_absolute_url()).reads("يرجى التوضيح")
    press(cluster, f".next-step a[href='{address(told)}']")
    says(cluster, "#part-3 .plan-remark", "من عدّهم؟")
    assert cluster.page.input_value("[name=part_3_0_value]") == "9,5"
    write(cluster, 3, 0, note="Compté par deux personnes.")
    is_saved(cluster)
    send(cluster, told)

    partner.open(address(told, "version", 2))
    fits(partner)
    says(partner, "#part-3", "Compté par deux personnes.")
    partner.page.on("dialog", lambda asked: asked.accept())
    press(
        partner,
        f"button[formaction='{reverse('payments:accept_report', args=[told.voucher.pk])}']",
    )
    assert report_of(told).state == State.ACCEPTED

    assert_public(public, shown=False)
    consent(cluster, told, given=True)
    assert_public(public, shown=True)
    consent(cluster, told, given=False)
    assert_public(public, shown=False)
    assert list(ReportVersion.objects.values_list("number", flat=True)) == [1, 2]


def write_all(cluster):
    """Every part; a number that is none is told of while it is written."""
    write(cluster, 1, 0, summary="Nous avons relié nos membres.", story="Une filature a exporté.")
    write(cluster, 2, 0, results="Douze contrats.", members_reached="douze", women_reached="4")
    says(cluster, "#part-2 [data-problems] li", "1234")
    write(cluster, 2, 0, members_reached="12")
    write(cluster, 3, 0, value="9,5", note="Compté.", evidence="Liste de présence.")
    write(cluster, 4, 0, satisfaction={"value": "4"}, provider_words="Bien préparé.")
    is_saved(cluster)
    cluster.page.locator("#part-2 [data-problems] li").first.wait_for(state="detached")
    cluster.check()
    fits(cluster)


def add_a_picture(cluster):
    """It arrives in pieces, without where it was taken; then it gets its words."""
    press(cluster, "button[name=go][value=pictures]")
    taken = photograph()
    cluster.page.set_input_files(
        "input[type=file]",
        {"name": "seance.jpg", "mimeType": "image/jpeg", "buffer": taken.read()},
    )
    says(cluster, ".file-list li", "seance.webp")
    fits(cluster)
    cluster.page.locator("main p a.btn").first.click()
    cluster.page.locator("[name=part_5_0_caption]").wait_for()
    write(cluster, 5, 0, caption="Une séance", credit="Le cluster", alternative="Des personnes")
    is_saved(cluster)


def send(cluster, told):
    press(cluster, "button[name=go][value=review]")
    press(cluster, f".next-step form[action='{address(told, 'send')}'] button")


def return_at_an_indicator(partner, told):
    partner.open(address(told, "version", 1))
    fits(partner)
    line = partner.page.locator("#part-3 details.plan-remark-field").first
    line.locator("summary").click()
    line.locator("textarea").fill("من عدّهم؟")
    partner.page.fill("#reason", "يرجى التوضيح")
    press(partner, ".btn-outline-danger[form=return]")
    assert report_of(told).state == State.DRAFT


def consent(cluster, told, *, given):
    cluster.open(address(told, "publication"))
    for box in cluster.page.locator("main input[name=kinds]").all():
        box.set_checked(given)
    press(cluster, "form .btn-primary")


def assert_public(public, *, shown):
    public.open(reverse("dashboards:results"))
    page = public.page
    assert page.get_by_text("Une filature a exporté.").count() == int(shown)
    assert page.locator("main figure img").count() == int(shown)
    # The list tells indicators in words; their charts are on the page of the cluster.
    assert (page.locator(".report-told .answer").count() > 0) == shown
    fits(public)
