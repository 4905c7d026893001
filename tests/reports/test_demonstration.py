"""The demonstration reports its finished round: what a reader of it finds."""

import re

import pytest

from demonstration.plot.reports import report_by_itself, report_the_round
from documents.models import Document
from documents.rendering.pdf import letter_html
from reports.models import ReportSchedule
from tests.making import voucher_story
from tests.reports.scheduling import files_made

pytestmark = pytest.mark.django_db


def test_the_demonstration_reports_its_finished_round():
    told = voucher_story("closed")
    report_the_round(told.cast, told.voucher.award.application.call.slug)
    reports = Document.objects.filter(kind__endswith="-report").exclude(kind="final-report")
    assert sorted(reports.filter(language="en").values_list("kind", flat=True)) == [
        *("financial-report", "financial-report", "programme-report", "progress-report")
    ]
    for language in ("en", "fr", "ar"):
        page = letter_html(reports.get(kind="programme-report", language=language))
        assert not re.search(r"\{[a-z_]+\}", page)


def test_the_demonstration_reports_by_itself_what_is_on_its_way():
    told = voucher_story("paid 0")
    report_by_itself(told.cast, told.voucher.award.application.call.slug)
    money, lebanon, morocco = ReportSchedule.objects.order_by("pk")
    assert [run.state for run in money.runs.all()] == ["issued"]
    assert [run.state for run in lebanon.runs.all()] == ["waiting"]
    assert (morocco.state, morocco.runs.count()) == ("paused", 0)
    files_made(money.runs.get())
    assert {one.person for one in money.runs.get().hearings.filter(was_told=True)} == {
        told.cast.finance[0],
        told.cast.coordinators[0],
    }
