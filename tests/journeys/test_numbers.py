"""Numbers in a browser: what is typed is read as the server reads it, and said at once."""

from __future__ import annotations

import random
from dataclasses import asdict
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from inputs.rules.numbers import (
    ANY_MONEY,
    MONEY,
    QUANTITY,
    RATE,
    SHARE,
    WHOLE,
    NotTheNumber,
    read_number,
)
from inputs.wording import understood
from tests.calls.drafts import complete_draft
from tests.journeys.applying.writing import Writer, draft_in, kept

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
SHAPES = [MONEY, ANY_MONEY, QUANTITY, WHOLE, SHARE, RATE]
TYPED = [
    *("", "5", "x", "-3", "+7", ".5", ",5", "5.", "−3", "1e3", "NaN", "-0", "007", "2021²", "½"),
    *(
        "1 234,5",
        "1,234",
        "5.000",
        "1,234.50",
        "1.234,50",
        "1.234.567",
        "1'234.5",
        "1’234",
        "1,2345",
    ),
    *("25,50", "12,500", "-12,505", "0.500", ".500", "1250.000", "1250000,75", "1.234,567.89"),
    *("١٬٢٣٤٫٥٠", "۱۲۳٫۵", "1٫234٫567,5", "٥،٥", "१२", "１２", "𝟏𝟐", "১২৩.৫"),
    *(
        "\ufeff5",
        "1\u202f234\xa0567.5",
        "\u200f5,000\u200e",
        "\u2011 5",
        "5\u00ad000",
        "\u206612\u2069",
    ),
    *("9" * 15, "9" * 16, "9" * 30, "9" * 400, "0" * 20 + "5", "1" + " 000" * 5, "100.5000"),
]


def made_up(number=3000):
    """Many more, of the signs that matter, the same in every run."""
    chance = random.Random(11)
    signs = "0123456789" * 3 + "000" + " .,'٫٬،\u00a0\u202f’-+\u200f٠٣۵x"
    return ["".join(chance.choices(signs, k=chance.randint(1, 12))) for _ in range(number)]


def read_here(text, shape):
    try:
        return {"number": read_number(text, shape)}
    except NotTheNumber as problem:
        return {"meanings": list(problem.meanings)} if problem.why.value == "unclear" else {}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_browser_and_server_read_alike_and_say_the_same(visitor, language):
    draft = draft_in(language)
    someone = visitor(draft.started_by)
    someone.open(reverse("applications:section", args=[draft.pk, 1]))
    texts = TYPED + made_up()
    for shape in SHAPES:
        asked = {"places": shape.places, "alone": shape.alone.value}
        there = someone.page.evaluate(
            """async ([texts, shape]) => {
                const { read } = await import('/static/js/numbers/reading.js');
                const { understood } = await import('/static/js/numbers/fields.js');
                return texts.map((text) => [read(text, shape), understood(text, shape)]);
            }""",
            [texts, asked],
        )
        with override(language):
            for text, (read, said) in zip(texts, there, strict=True):
                here = read_here(text, shape)
                if "number" in here:
                    assert read.keys() == {"number"}, (text, asdict(shape))
                    assert Decimal(read["number"]) == here["number"], text
                    assert said == understood(text, shape), text
                else:
                    assert read == here, (text, asdict(shape))


def test_what_was_understood_is_said_while_typing(visitor):
    draft = draft_in("ar")
    writer = Writer(visitor(draft.started_by), draft)
    writer.open(1)
    writer.write("turnover", "٥٬٠٠٠")
    question = draft.call.questions.get(key="turnover")
    said = writer.page.locator(f"output[for=answer_{question.pk}]")
    with override("ar"):
        assert said.text_content() == understood("٥٬٠٠٠", MONEY)
    assert "5.000,00" in said.text_content()
    writer.write("turnover", "?")
    assert said.text_content() == ""
    writer.waits_for("saved")
    assert kept(draft)["turnover"] == "?"


def test_weights_add_up_as_they_are_typed(visitor):
    cast, call = complete_draft()
    someone = visitor(cast.coordinators[0])
    someone.open(reverse("calls:criteria", args=[call.slug]))
    weight = someone.page.locator("[name$='-weight']").first
    shown = someone.page.locator("#weight-sum")
    weight.fill("12,5")
    assert shown.locator("output").text_content() == "12.5"
    assert "is-full" not in shown.get_attribute("class")
    weight.fill("١٠٠٫٠")
    assert shown.locator("output").text_content() == "100"
    assert "is-full" in shown.get_attribute("class")
