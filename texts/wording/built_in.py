"""The built-in wording of a template, taken apart into what somebody may type and what is filled in.

A translated sentence with `cluster=facts.cluster` becomes «… {cluster} …», and `{{ facts.reason }}`
becomes `{reason}`. What depends on the case, a branch or a list, stays the template's own and becomes
`{part_1}`: so no wording, whatever it is, can say of an advance what holds for an invoice. What a
placeholder stands for is written as the template would write it, with the same filters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.template import Context, Engine, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, VariableNode
from django.template.base import render_value_in_context as written
from django.template.defaulttags import AutoEscapeControlNode, CommentNode, LoadNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import gettext, pgettext

_FACTS = "facts."
_BREAK = re.compile(r"\s*</(?:p|li|h2)>\s*")
_TAG = re.compile(r"<[^<>]*>")
_GAP = re.compile(r"[ \t\n]+")
_NAMED = re.compile(r"%\((\w+)\)s|%%")


@dataclass(frozen=True)
class Placeholder:
    """What may stand in curly brackets: its name, and what of the template it stands for."""

    name: str
    source: FilterExpression | Node

    @property
    def is_part(self) -> bool:
        """Whether it is a part of the built-in text that depends on the case."""
        return isinstance(self.source, Node)

    @property
    def fact(self) -> str:
        """Which fact it writes, such as `call.name`; empty for a part."""
        return "" if isinstance(self.source, Node) else _fact_of(self.source)

    @property
    def sentences(self) -> list[str]:
        """What a part can say, in the active language; gaps are shown as dots."""
        if not isinstance(self.source, Node):
            return []
        nodes = NodeList([self.source])
        said = [
            _message_with_dots(node)
            for kind in (BlockTranslateNode, TranslateNode)
            for node in nodes.get_nodes_by_type(kind)
            if isinstance(node, BlockTranslateNode | TranslateNode)
        ]
        return list(dict.fromkeys(filter(None, said)))

    def write(self, context: Context) -> str:
        """What it says of the facts in `context`; nothing where they do not tell."""
        if context.template is None:
            # Includes and unknown variables look for the engine there.
            with context.bind_template(_no_template()):
                return self.write(context)
        if isinstance(self.source, Node):
            return str(self.source.render_annotated(context))
        if _is_untold(self.source, context):
            return ""
        # Of what is safe, `str` keeps that it is.
        return str(written(self.source.resolve(context), context))


@cache
def _no_template() -> Template:
    return Template("", engine=Engine.get_default())


class BuiltIn:
    """The passages of one kind, with one name for each thing that is filled in."""

    def __init__(self, passages: Iterable[tuple[str, NodeList, bool]]) -> None:
        self.placeholders: dict[str, Placeholder] = {}
        self._names: dict[str, str] = {}
        self._parts = 0
        self._passages = [
            (slug, list(self._pieces(nodes)), is_markup) for slug, nodes, is_markup in passages
        ]

    def as_typed(self) -> dict[str, str]:
        """Each passage in the active language, with names in brackets where something is filled in."""
        return {
            slug: _without_markup(text) if is_markup else _lines_trimmed(text)
            for slug, pieces, is_markup in self._passages
            for text in ["".join(map(_typed, pieces))]
        }

    def _pieces(self, nodes: Iterable[Node]) -> Iterator[Any]:
        """Plain text, translated sentences with the names that are filled in, and placeholders."""
        for node in nodes:
            if isinstance(node, AutoEscapeControlNode):
                yield from self._pieces(node.nodelist)
            elif isinstance(node, LoadNode | CommentNode):
                continue
            elif isinstance(node, TextNode):
                yield node.s
            elif isinstance(node, TranslateNode) and not node.asvar:
                yield _Sentence(node, {})
            elif isinstance(node, BlockTranslateNode) and node.countervar is None:
                named = node.extra_context.items()
                yield _Sentence(node, {name: self._name(name, value) for name, value in named})
            elif isinstance(node, VariableNode) and _fact_of(node.filter_expression):
                fact = _fact_of(node.filter_expression)
                yield f"{{{self._name(fact.rpartition('.')[2], node.filter_expression)}}}"
            else:
                yield f"{{{self._part(node)}}}"

    def _name(self, wanted: str, source: FilterExpression) -> str:
        """The name of a fact, written with such filters: the same one wherever it stands."""
        known = self._names.get(source.token)
        if known is None:
            known, number = wanted, 1
            while known in self.placeholders:
                number += 1
                known = f"{wanted}_{number}"
            self._names[source.token] = known
            self.placeholders[known] = Placeholder(known, source)
        return known

    def _part(self, node: Node) -> str:
        self._parts += 1
        name = f"part_{self._parts}"
        self.placeholders[name] = Placeholder(name, node)
        return name


@dataclass(frozen=True)
class _Sentence:
    node: TranslateNode | BlockTranslateNode
    names: dict[str, str]

    def typed(self) -> str:
        return _message(self.node, {own: f"{{{name}}}" for own, name in self.names.items()})


def _typed(piece: Any) -> str:
    return piece.typed() if isinstance(piece, _Sentence) else str(piece)


def _message(node: TranslateNode | BlockTranslateNode, named: dict[str, str]) -> str:
    """The sentence in the active language, each name in it replaced as `named` says."""
    if isinstance(node, TranslateNode):
        return str(node.render(Context(autoescape=False)))
    text, _names = node.render_token_list(node.singular)
    translated = (
        pgettext(node.message_context.resolve(Context()), text)
        if node.message_context
        else gettext(text)
    )
    return _NAMED.sub(lambda found: named.get(found[1], "…") if found[1] else "%", translated)


def _message_with_dots(node: TranslateNode | BlockTranslateNode) -> str:
    return "" if node.asvar else _message(node, {})


def _fact_of(expression: FilterExpression) -> str:
    """The fact that an expression begins with: `call.name` of `facts.call.name|as_written`."""
    name = expression.token.partition("|")[0].strip()
    return name.removeprefix(_FACTS) if name.startswith(_FACTS) else ""


def _is_untold(expression: FilterExpression, context: Context) -> bool:
    """Whether the facts say nothing there: filters of amounts and days would find nothing to write."""
    fact = _fact_of(expression)
    if not fact:
        return False
    told: Any = context.get("facts", {})
    for step in fact.split("."):
        told = told.get(step) if isinstance(told, dict) else None
    return told is None or told == ""


def _without_markup(text: str) -> str:
    """Paragraphs of a page as plain text with an empty line between them."""
    paragraphs = (_GAP.sub(" ", _TAG.sub("", one)).strip() for one in _BREAK.split(text))
    return "\n\n".join(filter(None, paragraphs))


def _lines_trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))
