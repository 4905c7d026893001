"""Pictures as SVG: what they say without being seen, in Arabic, without colour, on page and in PDF."""

import io
import re
import xml.etree.ElementTree as ET
from statistics import pstdev

import pikepdf
import pypdfium2
import pytest
from django.utils import translation

from charts.layouts import Value, bars
from documents.rendering.drawn_text import as_drawn
from tests.charts.pictures import WORDS, all_kinds, page_of, pdf_of

SVG = "{http://www.w3.org/2000/svg}"


def markup(name, language="en"):
    with translation.override(language):
        return page_of([all_kinds(language)[name]], language)


def svg_of(html):
    return ET.fromstring(re.search("<svg.*?</svg>", html, re.DOTALL).group())  # noqa: S314 - our own


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ["bars", "stacks", "funnel", "gantt", "timeline", "multiples"])
def test_every_picture_says_what_it_shows_and_has_its_table(name, language):
    html = markup(name, language)
    svg = svg_of(html)
    assert svg.get("role") == "img"
    ids = {element.get("id"): element for element in svg.iter() if element.get("id")}
    assert ids[svg.get("aria-labelledby")].tag == f"{SVG}title"
    described = ids[svg.get("aria-describedby")].text
    picture = all_kinds(language)[name]
    for row in picture.rows:
        assert row[0] in described
    assert html.count('scope="row"') == len(picture.rows)
    # The policy allows no style or script in the page.
    assert not re.search(r"style|script|\son\w+=", html)
    for used in re.findall(r"url\(#([\w-]+)\)", html):
        assert used in ids


def test_what_is_written_in_a_picture_is_escaped():
    picture = bars("b", "<b>T</b>", [Value("<script>", 1, "1")], headings=("", ""))
    html = page_of([picture], "en")
    assert "<script" not in html
    assert "<b>" not in html


def test_lengths_have_a_point_in_every_language():
    for language in ("fr", "ar"):
        html = page_of([bars("b", "T", [Value("a", 1, "1")], headings=("", ""), axis=3)], language)
        assert 'width="108"' in html
        assert not re.search(r' (?:x|y|width|height)="[^"]*,', html)


def test_nothing_to_draw_is_said_in_words():
    html = page_of([bars("b", "Applications", [], headings=("", ""))], "en")
    assert "No figures yet." in html
    assert "<svg" not in html


def test_a_picture_is_mirrored_in_arabic():
    def track_starts(language):
        svg = svg_of(markup("bars", language))
        return [
            float(rect.get("x")) + (float(rect.get("width")) if language == "ar" else 0)
            for rect in svg.iter(f"{SVG}rect")
            if rect.get("stroke")
        ]

    assert set(track_starts("en")) == {8}
    assert set(track_starts("ar")) == {332}
    texts = [text.text for text in svg_of(markup("bars", "ar")).iter(f"{SVG}text")]
    assert texts[0] == "\u2067مسودة\u2069"
    assert texts[1] == "\u206648\u2069"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        # Joined forms, the last letter first.
        ("\u2067لبنان\u2069", "ﻥﺎﻨﺒﻟ"),
        ("\u2067خطة (2026)\u2069", "(2026) ﺔﻄﺧ"),
        ("\u2067الأقل\u2069", "ﻞﻗﻷﺍ"),
        ("\u20665.000,00 EUR\u2069", "5.000,00 EUR"),
        ("1. Berytech", "1. Berytech"),
        ("1. لبنان", "1. ﻥﺎﻨﺒﻟ"),
    ],
)
def test_arabic_is_joined_and_ordered_for_pdfs(text, drawn):
    assert as_drawn(text) == drawn


@pytest.fixture(scope="module")
def arabic_pdf():
    with translation.override("ar"):
        return pdf_of(page_of([all_kinds("ar")["stacks"]], "ar"))


def test_a_pdf_has_the_picture_with_its_alternative_text(arabic_pdf):
    with pikepdf.open(io.BytesIO(arabic_pdf)) as pdf:
        things = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
        alternatives = [str(thing.Alt) for thing in things if "/Alt" in thing]
    assert alternatives == [WORDS["ar"]["money"]]


def test_fills_are_told_apart_in_black_and_white(arabic_pdf):
    """The parts of the first row, from right to left: solid, hatched, dotted, banded."""
    page = pypdfium2.PdfDocument(arabic_pdf)[0].render(scale=4).to_pil().convert("L")
    width, height = page.size
    dark = page.point(lambda value: 255 * (value < 90))
    # The border of the first bar is the first line that is dark all along.
    lines = dark.resize((1, height)).tobytes()
    top = next(y for y in range(height) if lines[y] > 0.8 * max(lines))
    inked = [x for x in range(width) if dark.getpixel((x, top))]
    left, right = min(inked), max(inked)
    # Mirrored: the solid part, 40 % of the sum, begins at the right.
    parts = [(1 - 0.2, 1.0), (0.4, 0.55), (0.22, 0.33), (0.05, 0.15)]
    spreads, means = [], []
    for start, end in parts:
        box = (
            left + int((right - left) * start),
            top + 6,
            left + int((right - left) * end),
            top + 26,
        )
        grey = page.crop(box).tobytes()
        means.append(sum(grey) / len(grey))
        spreads.append(pstdev(grey))
    assert means[0] == min(means)
    assert spreads[0] < min(spreads[1:])
    assert min(spreads[1:]) > 15
    assert len({round(mean / 8) for mean in means}) == 4
