"""What stands in a template is shown: in one that extends another, only blocks are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import TextNode
from django.template.defaulttags import CommentNode, LoadNode
from django.template.loader_tags import BlockNode, ExtendsNode

FOLDER = Path(settings.BASE_DIR) / "templates"
MOST_LETTERS = 160
# These are being built anew, and join the others then.
BEING_REBUILT = {
    "assistance/plan.html",
    "assistance/report.html",
    "dashboards/voucher.html",
}
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_stands_beside_the_blocks(name):
    """A tag between the blocks is never run: what it names is empty on the page."""
    template = engines["django"].get_template(name).template
    for extends in template.nodelist.get_nodes_by_type(ExtendsNode):
        beside = [
            node
            for node in extends.nodelist
            if not isinstance(node, BlockNode | TextNode | CommentNode | LoadNode)
        ]
        assert not beside, f"{name}: {beside}"


@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_too_long_to_be_read(name):
    lines = (FOLDER / name).read_text().splitlines()
    most = 400 if name in BEING_REBUILT else MOST_LETTERS
    assert [number for number, line in enumerate(lines, 1) if len(line) > most] == []


# An element in which line breaks count, whose first line is broken by the template itself.
BROKEN_AT_ONCE = re.compile(r"<[^<>]*\buser-text\b[^<>]*>(?:\{%[^%]*%\}|<\w+>)*[ ]*\n")


@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_people_begins_with_a_line_break_of_the_template(name):
    text = (FOLDER / name).read_text()
    found = [match.group() for match in BROKEN_AT_ONCE.finditer(text)]
    # After a text area's opening tag the browser leaves the first line break out.
    assert [one for one in found if "<textarea" not in one] == []


# What is translated as a whole is written as its language writes it.
TRANSLATED = re.compile(r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}|\{#.*?#\}", re.DOTALL)
# A comma or a colon of English between two things that a template puts side by side.
ENGLISH_BETWEEN = re.compile(
    r"""\|join:", "|not\ forloop\.last\ %\},\ \{%|(?:\}\}|</bdi>),\s+(?=\{\{|<bdi)"""
    r"""|(?:\}\}|</bdi>|</strong>|\{%\ translate\ "[^"]*"\ %\}):\s+(?=\S)""",
)


@pytest.mark.parametrize("name", NAMES)
def test_what_stands_side_by_side_is_parted_as_the_language_parts_it(name):
    """Arabic has a comma of its own, French a space before the colon: listed, comma, colon."""
    text = TRANSLATED.sub("", (FOLDER / name).read_text())
    assert ENGLISH_BETWEEN.findall(text) == []
