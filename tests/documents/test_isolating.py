"""Foreign runs in Arabic letters: none stands bare, so that none is torn apart on paper."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from documents.kinds import every_kind
from documents.rendering.isolating import isolated_runs
from documents.rendering.pdf import letter_html, render
from tests.documents.samples import sample_document

# References, rates, amounts with a currency, accounts, e-mails: not as the code finds them.
TORN = re.compile(
    r"[A-Z]{2,}-\d|\d [A-Z]{3}\b|\b[A-Z]{3} ?= ?\d|\b[A-Z]{2}\d\d|\d{4} \d{4}|\S@\S|https?:|\+\d{3}"
)


class Bare(HTMLParser):
    """Gathers the text that runs from right to left, but for what is isolated in it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.texts = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in ("br", "col", "hr", "img", "meta", "wbr"):
            before = self.open[-1][1] if self.open else "ltr"
            self.open.append((tag, dict(attrs).get("dir") or before))

    def handle_endtag(self, tag):
        name, _direction = self.open.pop()
        assert name == tag

    def handle_data(self, data):
        if self.open and self.open[-1][1] == "rtl" and self.open[-1][0] != "title":
            self.texts.append(data.replace("\N{NO-BREAK SPACE}", " "))


def bare(html):
    reader = Bare()
    reader.feed(html)
    return reader.texts


def right_to_left(text):
    return f'<p dir="rtl">{text}</p>'


RUNS = [
    "1 EUR = 3,4404 TND",
    "1 EUR = 97.000,5 LBP",
    "SUV-2026-LB-0007",
    "SUV-2026-LB-0007-O1",
    "5.000,00 EUR",
    "2.500,125 TND",
    "LB62 0999 0000 0001 0019 0122 9114",
    "TN59 1000 6035 1835 9847 8831",
    "007 810 0001234567890123 45",
    "b.haddad+tns@qoot-cluster.example",
    "https://portal.example/verify/7Q4K-01ZX/",
    "+961 1 612 500",
    "Cluster Electronique &amp; Mécatronique (CE3M)",
    "F-2026/17",
]


@pytest.mark.parametrize("run", RUNS)
def test_a_foreign_run_between_arabic_words_is_isolated_whole(run):
    assert isolated_runs(right_to_left(f"سعر {run}، في الكتاب")) == right_to_left(
        f'سعر <bdi dir="ltr">{run}</bdi>، في الكتاب'
    )
    # What closes or ends the Arabic sentence stays with it.
    assert isolated_runs(right_to_left(f"المرجع ({run}).")) == right_to_left(
        f'المرجع (<bdi dir="ltr">{run}</bdi>).'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p dir="rtl">من 3 إلى 5 في 2019–2026، أي 12 %</p>',
        '<p dir="rtl">مرجع <bdi dir="ltr">SUV-2026-LB-0007</bdi></p>',
        '<html dir="rtl"><head><title>خطاب SUV-2026-LB-0007</title></head></html>',
        "<p>Reference SUV-2026-LB-0007, 5,000.00 EUR</p>",
        '<div dir="rtl"><div dir="ltr">We ask SUV-2026-LB-0007 &lt;b&gt; &amp; more</div></div>',
        '<p dir="rtl"><img src="data:image/svg+xml;base64,A1" alt="رمز A1"><br>نص</p>',
    ],
)
def test_the_rest_stays_as_it_is(html):
    assert isolated_runs(html) == html


def test_what_was_escaped_stays_escaped():
    html = isolated_runs(right_to_left("نص &lt;img src=x&gt; و&amp;"))
    assert "<img" not in html
    assert "&lt;" in html


def test_the_check_below_finds_what_is_torn():
    assert TORN.search("سعر 1 EUR = 3,4404 TND في")
    assert bare(right_to_left("سعر 1 EUR")) == ["سعر 1 EUR"]


@pytest.mark.parametrize("kind", [kind.slug for kind in every_kind()])
def test_no_letter_has_a_bare_foreign_run(kind):
    texts = bare(letter_html(sample_document(kind, "ar")))
    assert len(texts) > 5
    assert [text for text in texts if TORN.search(text)] == []


def test_the_comments_of_an_arabic_speaker_in_an_english_letter_are_looked_through_too():
    html = letter_html(sample_document("refusal", "en", facts=_arabic_comments()))
    assert 'انظر <bdi dir="ltr">SUV-2026-LB-0001</bdi>' in html


def _arabic_comments():
    facts = sample_document("refusal", "en").facts
    arabic = sample_document("refusal", "ar").facts
    return {**facts, **{key: arabic[key] for key in ("comments", "scores") if key in arabic}}


def test_a_rate_and_an_amount_are_whole_on_paper():
    """Text in a PDF stands as it is drawn: what was torn apart is not found in it."""
    facts = sample_document("order", "ar").facts
    in_dinars = {
        "currency": "TND",
        "declared": "10321.200",
        "rate": "3.4404",
        "rate_month": "2026-11",
    }
    facts = {**facts, "lines": [{**facts["lines"][0], **in_dinars}]}
    pdf = PdfReader(io.BytesIO(render(sample_document("order", "ar", facts=facts)).content))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    assert "1 EUR = 3,4404 TND" in text
    assert "10.321,20 TND" in text
    assert facts["reference"] in text


@pytest.mark.parametrize("kind", ["review", "refusal", "reserve"])
def test_no_reference_of_an_arabic_letter_breaks_at_its_hyphens(kind):
    pages = PdfReader(io.BytesIO(render(sample_document(kind, "ar")).content)).pages
    lines = [line.strip() for page in pages for line in page.extract_text().splitlines()]
    assert [line for line in lines if re.search(r"SUV-2026-LB-0001", line)]
    assert [line for line in lines if re.search(r"SUV-(2026-)?(LB-)?(?!\d|LB)", line)] == []
