"""The record of needs: an officer who reads Arabic writes it, a French cluster by telephone confirms."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.models import User
from documents.models import Document
from tests.documents.conftest import wait_for
from tests.making import voucher_story
from vouchers.assistance.needs.models import Need, NeedsRecord

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    # Who is here stands in the cache, which outlives a test.
]
WANTED = "خطة تصدير إلى الخليج"
EVIDENCE = "قال ذلك 18 من 31 عضوًا."
CORRECTED = "قال ذلك 19 من 31 عضوًا."
REMARK = "Dix-neuf membres, pas dix-huit."
FIELDS = ("what", "priority", "evidence", "existing")


class Writer:
    """Somebody at the page on which a record of needs is written."""

    def __init__(self, visitor, record):
        self.visitor, self.record = visitor, record

    @property
    def page(self):
        return self.visitor.page

    def open(self):
        self.visitor.open(reverse("needs:write", args=[self.record.pk]))
        return self

    def field(self, need, name):
        return self.page.locator(f"#{name}_{need.pk}")

    def write(self, need, **texts):
        for name, text in texts.items():
            field = self.field(need, name)
            field.select_option(text) if name == "priority" else field.fill(text)
        return self

    def waits_for(self, word):
        """Until the page says the word (by its name among the words of a draft)."""
        self.page.wait_for_function(
            """(word) => {
                const said = document.getElementById("draft-words").dataset[word];
                return document.getElementById("draft-status").textContent.startsWith(said);
            }""",
            arg=word,
        )
        return self

    def presses(self, selector):
        """Press what stands there, and look at the page that comes."""
        with self.page.expect_navigation():
            self.page.locator(selector).click()
        self.visitor.check()
        fits(self.visitor)
        return self


def fits(someone):
    """Nothing reaches over the edge of the screen."""
    wide = someone.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, someone.page.url


def press(someone, selector):
    with someone.page.expect_navigation():
        someone.page.locator(selector).click()
    someone.check()
    fits(someone)


def need_of(record, theme):
    return record.needs.get(theme__code=theme)


def begun(told, partner):
    """The officer begins the record on the page of the voucher."""
    partner.open(told.voucher.get_absolute_url())
    press(partner, "#needs form button")
    return told.voucher.needs_records.get()


def readers():
    """A voucher whose officer reads Arabic and whose manager reads French."""
    told = voucher_story()
    User.objects.filter(pk=told.officer.pk).update(language="ar")
    User.objects.filter(pk=told.manager.pk).update(language="fr")
    told.officer.refresh_from_db()
    told.manager.refresh_from_db()
    return told


def test_a_record_is_written_remarked_on_confirmed_by_both_and_a_document(visitor, worker):
    worker()
    told = readers()
    partner, cluster = visitor(told.officer), visitor(told.manager, width=390)
    record = begun(told, partner)
    write(partner, record)
    remark(cluster, record)
    answer_the_remark(partner, record)
    confirm(cluster, partner, record)

    paper = Document.objects.get(kind="needs-assessment", language="ar")
    wait_for(lambda: Document.objects.get(pk=paper.pk).is_ready)
    partner.open(record.get_absolute_url())
    link = partner.page.locator(f"aside a[href$='{paper.pk}/']")
    answer = partner.context.request.get(f"{partner.address}{link.get_attribute('href')}")
    text = PdfReader(io.BytesIO(answer.body())).pages[0].extract_text()
    assert answer.headers["content-type"] == "application/pdf"
    assert "18" not in text
    assert "19" in text
    correct(partner, cluster, record)


def write(partner, record):
    """Rows are added and taken out, and what is written saves itself."""
    writer = Writer(partner, record)
    abroad, digital = need_of(record, "internationalisation"), need_of(record, "digital")
    writer.write(abroad, what=WANTED, priority="high", evidence=EVIDENCE).waits_for("saved")
    abroad.refresh_from_db()
    assert [getattr(abroad, name) for name in FIELDS] == [WANTED, "high", EVIDENCE, ""]

    writer.presses(f"button[value='add-{digital.theme_id}']")
    added = record.needs.filter(theme=digital.theme).latest("position")
    writer.write(added, what="موقع جديد").waits_for("saved")
    writer.presses(f"button[value='remove-{added.pk}']")
    expect(writer.page.locator(f"#need-{added.pk}")).to_have_count(0)
    expect(writer.field(abroad, "what")).to_have_value(WANTED)

    # What shows a need, without the need, is missing something: the page says so, and where.
    writer.write(digital, evidence=EVIDENCE)
    writer.presses("button[value=share]")
    missing = writer.page.locator(f"main [role=alert] a[href$='#need-{digital.pk}']")
    expect(missing).to_have_count(1)
    writer.open().write(digital, evidence="").presses("button[value=share]")
    writer.presses("main form.form-buttons button.btn-primary")
    assert NeedsRecord.objects.get().state == "shared"


def remark(cluster, record):
    """On the telephone: a remark is not lost where somebody presses the other button."""
    key = need_of(record, "internationalisation").key
    cluster.open("/").reads("relevé des besoins")
    cluster.open(record.get_absolute_url()).reads(WANTED)
    fits(cluster)
    box = cluster.page.locator(f"textarea[name='remark_{key}']")
    cluster.page.locator("details", has=box).locator("summary").click()
    box.fill(REMARK)
    press(cluster, "button[value=confirm]")
    expect(cluster.page.locator("main [role=alert]").first).to_be_visible()
    expect(box).to_have_value(REMARK)
    assert NeedsRecord.objects.get().cluster_confirmed_by is None
    press(cluster, "button[value=remark]")
    cluster.reads(REMARK)


def answer_the_remark(partner, record):
    """The officer takes the record back, changes it, and shares it anew."""
    partner.open(record.get_absolute_url()).reads(REMARK)
    press(partner, "#answer-panel .btn-outline-danger")
    writer = Writer(partner, record)
    writer.write(need_of(record, "internationalisation"), evidence=CORRECTED).waits_for("saved")
    writer.presses("button[value=share]").presses("main form.form-buttons button.btn-primary")


def confirm(cluster, partner, record):
    cluster.open(record.get_absolute_url()).reads(CORRECTED)
    press(cluster, "button[value=confirm]")
    assert NeedsRecord.objects.get().state == "shared"
    partner.open(record.get_absolute_url())
    press(partner, "button[value=confirm]")
    assert NeedsRecord.objects.get().state == "confirmed"


def correct(partner, cluster, record):
    """A correction is a version of its own; the one before is in force until both confirm it."""
    partner.open(record.get_absolute_url())
    press(partner, f"a[href='{reverse('needs:correct', args=[record.pk])}']")
    partner.page.fill("main textarea", "عدد الأعضاء كان ناقصًا.")
    press(partner, "main form .btn-primary")
    version = NeedsRecord.objects.get(number=2)
    voucher = record.voucher.get_absolute_url()
    cluster.open(voucher).reads(WANTED)
    writer = Writer(partner, version)
    wanted = need_of(version, "internationalisation")
    writer.write(wanted, evidence="قال ذلك 20 من 31 عضوًا.").waits_for("saved")
    writer.presses("button[value=share]").presses("main form.form-buttons button.btn-primary")
    assert NeedsRecord.objects.get(pk=record.pk).state == "confirmed"
    for someone in (cluster, partner):
        someone.open(version.get_absolute_url())
        press(someone, "button[value=confirm]")
    cluster.open(voucher).reads(WANTED)
    states = NeedsRecord.objects.order_by("number").values_list("number", "state")
    assert list(states) == [(1, "replaced"), (2, "confirmed")]


def test_two_windows_are_asked_and_a_line_that_is_down_loses_nothing(visitor):
    told = readers()
    partner = visitor(told.officer)
    record = begun(told, partner)
    services = need_of(record, "services")
    one = Writer(partner, record)
    first = one.page
    second = partner.turn_to_new_page()
    one.open()
    partner.page = first
    one.write(services, what="الأولى").waits_for("saved")
    partner.page = second
    one.write(services, what="الثانية")
    asked = second.locator(f"#need-{services.pk} [data-conflict]")
    asked.get_by_role("alert").wait_for()
    expect(asked).to_contain_text("الأولى")
    assert Need.objects.get(pk=services.pk).what == "الأولى"
    # Keep mine, take theirs, join both.
    asked.get_by_role("button").last.click()
    one.waits_for("saved")
    joined = Need.objects.get(pk=services.pk).what
    assert "الأولى" in joined
    assert "الثانية" in joined

    partner.context.set_offline(True)
    second.fill("#decisions-field", "قرار واحد")
    one.waits_for("offline")
    partner.context.set_offline(False)
    one.waits_for("saved")
    assert NeedsRecord.objects.get().decisions == "قرار واحد"
    partner.complaints.clear()
