"""The demonstration reports its finished round: what a reader of it finds."""

import re

import pytest

from demonstration.plot.reports import report_the_round
from documents.models import Document
from documents.rendering.pdf import letter_html
from tests.making import voucher_story

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
