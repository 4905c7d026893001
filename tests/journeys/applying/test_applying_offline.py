"""A whole application in Arabic, on a telephone, the line cut twice, a tab closed: all is there."""

from datetime import date

import pytest

from tests.journeys.applying.writing import Writer, draft_in, kept
from tests.making import pdf
from vouchers.applications.models import Application
from vouchers.applications.queries import filled_form
from vouchers.applications.queries.answers import word_count

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]


@pytest.fixture
def draft():
    return draft_in("ar")


def test_nothing_is_lost_while_the_line_goes_and_comes(visitor, draft):
    someone = visitor(draft.started_by, width=390)
    writer = Writer(someone, draft)
    writer.open(1)
    assert writer.page.locator("html").get_attribute("dir") == "rtl"
    writer.write("name", "تجمع الأغذية")
    writer.waits_for("saved")

    # The line goes while the story is being told.
    writer.write("story", "نعمل معًا منذ")
    someone.context.set_offline(True)
    writer.write("story", "نعمل معًا منذ سنوات، وننمو خطوة خطوة.")
    writer.write("members", "٧٨")
    writer.waits_for("offline")
    assert (
        "story" not in kept(draft) or kept(draft)["story"] != "نعمل معًا منذ سنوات، وننمو خطوة خطوة."
    )

    # The power goes as well: the tab is closed, and opened again once the line is back.
    writer.page.close(run_before_unload=False)
    someone.context.set_offline(False)
    someone.complaints.clear()
    someone.page = someone.context.new_page()
    someone.page.on("dialog", lambda dialog: dialog.accept())
    writer.open(1)
    writer.waits_for("saved")
    assert kept(draft)["story"] == "نعمل معًا منذ سنوات، وننمو خطوة خطوة."
    assert kept(draft)["members"] == "٧٨"

    # The second time requests vanish on their way, though the browser believes in its line.
    someone.page.route("**/save/", lambda route: route.abort())
    writer.write("turnover", "١٬٢٣٤٫٥٠")
    writer.write("since", "2019-03-07")
    writer.waits_for("offline")
    assert kept(draft)["turnover"] == ""
    someone.page.unroute("**/save/")
    someone.page.evaluate("dispatchEvent(new Event('online'))")
    writer.waits_for("saved")

    writer.open(2)
    writer.tick("way", 2)
    writer.write("which", "استشارة")
    writer.tick("needs", 1, 3)
    for line, (step, day) in enumerate([("خطة", "2027-01-31"), ("تدريب", "2027-06-30")]):
        if line:
            writer.page.locator(f"#question-{writer.numbers['steps']} [data-add-line]").click()
        writer.write("steps", step, f"_{line}_milestone")
        writer.write("steps", day, f"_{line}_due")
    writer.write("costs", "مستشار", "_0_activity")
    writer.write("costs", "10", "_0_days")
    writer.write("costs", "٤٬٥٠٠", "_0_amount")
    total = writer.page.locator(f"#question-{writer.numbers['costs']} [data-total]")
    assert "4.500,00" in total.text_content()
    writer.waits_for("saved")
    files = writer.page.locator(f"#question-{writer.numbers['papers']}")
    files.locator("input[type=file]").set_input_files(
        {"name": "statutes.pdf", "mimeType": "application/pdf", "buffer": pdf().read()}
    )
    files.locator(".file-list").get_by_text("statutes.pdf").first.wait_for()
    someone.check()
    wider = writer.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0

    assert kept(draft) == {
        "name": "تجمع الأغذية",
        "story": "نعمل معًا منذ سنوات، وننمو خطوة خطوة.",
        "members": "٧٨",
        "turnover": "١٬٢٣٤٫٥٠",
        "since": date(2019, 3, 7).isoformat(),
        "way": "2",
        "which": "استشارة",
        "needs": "1,3",
        "steps": [
            {"milestone": "خطة", "due": "2027-01-31", "evidence": ""},
            {"milestone": "تدريب", "due": "2027-06-30", "evidence": ""},
        ],
        "costs": [{"activity": "مستشار", "days": "10", "amount": "٤٬٥٠٠"}],
        "papers": "",
    }
    assert [file.name for file in draft.attachments.all()] == ["statutes.pdf"]
    filled = filled_form(Application.objects.get(pk=draft.pk))
    assert (filled.done, filled.wanted) == (11, 11)
    assert [item.problems for item in filled.shown if item.problems] == []


def test_browser_and_server_count_alike(visitor, draft):
    writer = Writer(visitor(draft.started_by), draft)
    writer.open(1)
    texts = [
        "",
        " a  b ",
        "a\u00a0b",
        "a\u2009b\u3000c",
        "كلمة  كلمتان",
        "a\ufeffb",
        "a\x1fb\x85c",
        "a-b c'd",
        "\u200fمرحبا\u200e — 100\u202f%",
        "line\nbreak\ttab\u2028separator\u1680end",
        "😀 👩‍👩‍👧 ok",
    ]
    counted = writer.page.evaluate(
        "async (texts) => {"
        " const { wordCount } = await import('/static/js/applications/answers.js');"
        " return texts.map(wordCount); }",
        texts,
    )
    assert counted == [word_count(text) for text in texts]
