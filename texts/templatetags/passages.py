"""A passage of a letter whose wording coordinators may own: {% passage "opening" %}…{% endpassage %}."""

from __future__ import annotations

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context

from texts.kinds import Family, kind_of
from texts.wording.filling import in_context, owned_text

register = template.Library()


class PassageNode(Node):
    """Writes the owned wording that the facts of the letter froze, or what the template says."""

    child_nodelists = ("nodelist",)

    def __init__(self, slug: str, nodelist: NodeList) -> None:
        self.slug, self.nodelist = slug, nodelist

    def render(self, context: Context) -> str:
        document = context.get("document")
        kind = kind_of(Family.LETTER, document.kind) if document else None
        text = owned_text(kind, self.slug, context.get("facts") or {})
        if kind is None or text is None:
            return self.nodelist.render(context)
        return in_context(kind, text, context)


@register.tag
def passage(parser: Parser, token: Token) -> PassageNode:
    """`{% passage "opening" %}…{% endpassage %}`: paragraphs, whose wording is the built-in one."""
    try:
        _tag, slug = token.split_contents()
    except ValueError:
        raise template.TemplateSyntaxError("A passage has one name: “opening”.") from None
    nodelist = parser.parse(("endpassage",))
    parser.delete_first_token()
    return PassageNode(slug.strip("\"'"), nodelist)
