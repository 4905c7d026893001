"""A survey by link on a telephone saves itself; a line that is down loses nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.assistance.surveys.asked import asked, closed, on_day
from tests.journeys.test_needs import fits
from tests.links.linking import newest_code
from vouchers.assistance.surveys.models import SurveyAnswer, SurveyDraft

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.usefixtures("no_attempts_yet"),
]


def test_what_was_typed_while_the_line_was_down_is_saved_once_it_is_back(visitor):
    told = closed()
    User.objects.filter(pk=told.manager.pk).update(language="ar")
    with on_day(told):
        survey, _link, address = asked(told)
        telephone = visitor(width=390)
        telephone.context.set_extra_http_headers({"Accept-Language": "ar"})
        telephone.open(address)
        telephone.page.locator("main form button").first.click()
        telephone.page.locator("[name=link_code]").wait_for()
        telephone.fill(link_code=newest_code())
        with telephone.page.expect_navigation():
            telephone.page.locator("main form button.btn-primary").first.click()
        telephone.check()
        fits(telephone)
        page = telephone.page
        page.fill("[name=jobs_created]", "3")
        page.locator("[name=members]").focus()
        expect(page.locator("#saved .small-print")).to_be_visible()
        assert SurveyDraft.objects.get().typed["jobs_created"] == "3"

        telephone.context.set_offline(True)
        page.fill("[name=words]", "عضوان يصدّران الآن.")
        page.locator("[name=members]").focus()
        not_saved = page.locator("[data-not-saved]")
        expect(not_saved).to_be_visible()
        fits(telephone)
        assert SurveyDraft.objects.get().typed["words"] == ""
        telephone.context.set_offline(False)
        expect(not_saved).to_be_hidden()
        assert SurveyDraft.objects.get().typed["words"] == "عضوان يصدّران الآن."
        telephone.complaints.clear()

        # Sent half filled in, it says what is missing, and keeps the rest.
        with page.expect_navigation():
            page.locator("button[name=send]").click()
        telephone.complaints.clear()
        expect(page.locator("[name=words]")).to_have_value("عضوان يصدّران الآن.")
        assert page.locator("[aria-invalid=true]").count() > 1
        assert not SurveyAnswer.objects.exists()
    assert survey.versions == 0
