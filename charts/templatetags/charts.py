"""Pictures in templates: `{% chart picture %}`, with its table unless the page has it beside."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from charts.layouts import Line, Picture, Polygon, Rect, Text, mirrored

register = template.Library()

_INK, _SOFT, _GRID = "#1b2333", "#556074", "#dde2ea"
# What fills a shape: its ground, and what is drawn on it, on a tile of six units. Each stays apart
# from the others on a printer that knows black only.
_GROUNDS = {
    "track": "#eceff4",
    "solid": "#123f8f",
    "hatched": "#f6dfb8",
    "dotted": "#d5ecdf",
    "banded": "#e3eafb",
    "crossed": "#f7d9db",
    "outlined": "#ffffff",
}
_TILES = {
    "hatched": ("M-1,1 L1,-1 M0,6 L6,0 M5,7 L7,5", "#8a5200"),
    "dotted": ("M2,3 h2 M-1,0 h2 M5,0 h2 M-1,6 h2 M5,6 h2", "#176b43"),
    "banded": ("M0,1.5 h6 M0,4.5 h6", "#123f8f"),
    "crossed": ("M0,0 L6,6 M6,0 L0,6", "#a3242c"),
}
_STROKES = {
    "grid": ((_GRID, "1", ""),),
    "base": ((_INK, "1", ""),),
    # On a white one, so that it is seen over dark bars too.
    "edge": (("#ffffff", "3", ""), (_INK, "1.4", "4 3")),
    # Curves: by width and dash as well as by colour.
    "first": (("#123f8f", "2.6", ""),),
    "second": (("#8a5200", "1.6", "7 3"),),
    "third": (("#176b43", "1.6", "2 2"),),
    "fourth": (("#a3242c", "1.6", "8 3 2 3"),),
}
_ISOLATES = {True: "\N{RIGHT-TO-LEFT ISOLATE}", False: "\N{LEFT-TO-RIGHT ISOLATE}"}


@register.inclusion_tag("charts/chart.html")
def chart(picture: Picture, *, has_table_beside: bool = False) -> dict[str, Any]:
    """A picture with its title, its description and, unless the page has it beside, its table."""
    is_rtl = get_language_bidi()
    turned = mirrored(picture) if is_rtl else picture
    fills = {mark.fill for mark in picture.marks if isinstance(mark, Rect | Polygon)}
    return {
        "picture": picture,
        "described": _described(picture, is_rtl=is_rtl),
        "patterns": [_pattern(picture.name, fill) for fill in _TILES if fill in fills],
        "drawn": [_drawn(mark, picture.name, is_rtl=is_rtl) for mark in turned.marks],
        "size": f"{_number(picture.width)} {_number(picture.height)}",
        "has_table_beside": has_table_beside,
    }


def _described(picture: Picture, *, is_rtl: bool) -> str:
    """The figures in words, for whoever hears the picture: «Paid: 3,000.00 EUR; …»."""
    end, comma = ("؛ ", "، ") if is_rtl else ("; ", ", ")
    return end.join(f"{name}: {comma.join(cells)}" for name, *cells in picture.rows)


def _drawn(mark: Any, name: str, *, is_rtl: bool) -> SafeString:
    if isinstance(mark, Rect):
        sizes = [_number(value) for value in (mark.x, mark.y, mark.width, mark.height)]
        return format_html(
            '<rect x="{}" y="{}" width="{}" height="{}" {}/>', *sizes, _filled(mark.fill, name)
        )
    if isinstance(mark, Polygon):
        points = " ".join(f"{_number(x)},{_number(y)}" for x, y in mark.points)
        return format_html('<polygon points="{}" {}/>', points, _filled(mark.fill, name))
    if isinstance(mark, Line):
        return _line(mark)
    return _text(mark, is_rtl=is_rtl)


def _line(mark: Line) -> SafeString:
    places = [_number(value) for value in (mark.x1, mark.y1, mark.x2, mark.y2)]
    return format_html_join(
        "",
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"{}/>',
        (
            (*places, colour, width, format_html(' stroke-dasharray="{}"', dash) if dash else "")
            for colour, width, dash in _STROKES[mark.kind]
        ),
    )


def _text(mark: Text, *, is_rtl: bool) -> SafeString:
    # The picture runs from left to right, so that start and end are the same to browsers and to
    # PDFs; which way a text runs is said in the text itself.
    text = mark.text
    if is_rtl:
        text = f"{_ISOLATES[not mark.is_figure]}{text}\N{POP DIRECTIONAL ISOLATE}"
    return format_html(
        '<text x="{}" y="{}" font-size="{}" text-anchor="{}" fill="{}">{}</text>',
        *(_number(value) for value in (mark.x, mark.y, mark.size)),
        mark.anchor,
        _SOFT if mark.is_soft else _INK,
        text,
    )


def _filled(fill: str, name: str) -> SafeString:
    if fill == "track":
        return format_html('fill="{}"', _GROUNDS[fill])
    what = f"url(#{_pattern_id(name, fill)})" if fill in _TILES else _GROUNDS[fill]
    return format_html('fill="{}" stroke="{}" stroke-width="0.8"', what, _INK)


def _pattern(name: str, fill: str) -> SafeString:
    path, colour = _TILES[fill]
    return format_html(
        '<pattern id="{}" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="{}"/><path d="{}" stroke="{}" stroke-width="1.3" fill="none"/>'
        "</pattern>",
        _pattern_id(name, fill),
        _GROUNDS[fill],
        path,
        colour,
    )


def _pattern_id(name: str, fill: str) -> str:
    return f"{name}-{fill}"


def _number(value: float) -> str:
    """A length as SVG writes it, in every language: with a point, and no more than it takes."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
