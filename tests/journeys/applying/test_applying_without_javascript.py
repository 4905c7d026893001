"""The same form without JavaScript: saved by its buttons, a condition shown after saving."""

import pytest
from django.urls import reverse

from tests.journeys.applying.writing import Writer, draft_in, kept
from tests.making import pdf

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]


def test_every_kind_of_question_is_answered_by_buttons_alone(visitor):
    draft = draft_in("en")
    someone = visitor(draft.started_by, width=390, javascript=False)
    writer = Writer(someone, draft)
    writer.open(1)
    for key, text in [
        ("name", "We"),
        ("story", "We grow."),
        ("members", "78"),
        ("turnover", "1000"),
        ("since", "2019-03-07"),
    ]:
        writer.write(key, text)
    go = writer.page.locator("main button[name=go]").last
    go.click()
    writer.page.wait_for_url(f"**{reverse('applications:section', args=[draft.pk, 2])}")
    assert not writer.page.locator(f"#question-{writer.numbers['which']}").is_visible()
    writer.tick("way", 2)
    writer.write("steps", "Plan", "_0_milestone")
    writer.write("steps", "2027-01-31", "_0_due")
    writer.page.locator(f"#question-{writer.numbers['steps']} [data-add-line]").click()
    writer.write("which", "Advice")
    writer.write("steps", "Training", "_1_milestone")
    writer.write("steps", "2027-06-30", "_1_due")
    writer.tick("needs", 1)
    writer.write("costs", "Consultant", "_0_activity")
    writer.write("costs", "5000", "_0_amount")
    writer.page.locator("main button[form=draft]:not([name])").first.click()
    files = writer.page.locator(f"#question-{writer.numbers['papers']}")
    files.locator("input[type=file]").set_input_files(
        {"name": "statutes.pdf", "mimeType": "application/pdf", "buffer": pdf().read()}
    )
    files.locator("form.file-drop button[type=submit]").click()
    files.locator(".file-list").get_by_text("statutes.pdf").first.wait_for()
    writer.page.locator("main button[name=go]").last.click()
    writer.page.wait_for_url(f"**{reverse('applications:review', args=[draft.pk])}")
    text = writer.page.inner_text("main")
    for shown in ("We grow.", "Advice", "Training", "statutes.pdf"):
        assert shown in text
    assert kept(draft)["steps"][1]["due"] == "2027-06-30"
    assert kept(draft)["costs"] == [{"activity": "Consultant", "days": "", "amount": "5000"}]
