"""What no person types: the addresses of the portal with inputs that only machines send."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.urls.resolvers import RegexPattern

_PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>(?:\[[^]]*\]|[^()])*\)")

# As they stand in an address, percent-encoded where they must be.
IN_PATHS = {
    "int": ["0", "9" * 19, "9" * 40, "9" * 5000, "%D9%A3"],
    "uuid": ["00000000-0000-0000-0000-000000000000"],
    "slug": ["x" * 3000, "-", "0"],
    "str": ["%00", "a%00b", "x" * 3000, "%FF", "%ED%A0%80", "%D9%A3", "%0A", "a%2Fb"],
}
# What any field may be sent, whatever it asks for.
VALUES = [
    "a\x00b",
    "abc",
    "-1",
    "9" * 19,
    "9" * 5000,
    "²",
    "1e999999",
    "NaN",
    "9999-12-31",
    "0001-01-01T00:00",
    "x" * 20000,
    "é\u202e\ufeff\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
]
MANAGEMENT = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
# Names that no page shows, but that a view asks for.
ASKED_FOR = (
    *("page", "before", "after", "text", "state", "call", "country", "what", "language", "from"),
    *("next", "topic", "unread", "waiting", "role", "code", "kind", "sort", "order", "place"),
    *("person", "take", "parts", "answers", "version", "seen", "seconds", "total_threshold"),
    *("export", "currency", "paid", "outcome", "sent_from", "sent_until", "section", "standing"),
)
BODIES = [
    ("application/json", b"{"),
    ("application/json", b"[]"),
    ("application/json", b"null"),
    ("application/json", b'"x"'),
    ("application/json", b"1e999"),
    ("application/json", b'{"a": NaN}'),
    ("application/json", b"[" * 100_000),
    ("application/json", b'{"answers": {"1": "\\u0000\\ud800"}}'),
    ("application/json", b"\xff\xfe"),
    ("application/json; charset=nonsense", b"{}"),
    ("application/x-www-form-urlencoded; charset=nonsense", b"a=b"),
    ("application/x-www-form-urlencoded", b"\xff=\xfe&%00=%00&=&;;"),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x--"),
    ("multipart/form-data; boundary=x; charset=nonsense", b"--x--\r\n"),
    ("application/offset+octet-stream", b"\x00"),
    ("nonsense", b"\x00"),
    ("", b""),
]
HEADERS = [
    {
        "Range": "bytes=" + "9" * 5000 + "-",
        "If-None-Match": '"' + "x" * 5000,
        "If-Modified-Since": "yesterday",
        "Accept-Language": "x" * 5000 + ";q=nonsense",
        "Referer": "http://[::1",
        "HX-Request": "true",
        "HX-Current-URL": "http://[",
        "HX-Target": "\xff",
        "X-Forwarded-For": "nonsense, \xff",
        "X-Forwarded-Proto": "nonsense",
    },
    {"Range": "bytes=-" + "9" * 5000, "If-Range": "\xff", "Origin": "null", "Accept": "\xff"},
]
# For visitors, since the cookie of a session is among them.
COOKIES = {"Cookie": "session=%00; language=%00; django_language=%00; messages=\xff; csrftoken=x"}
TUS_HEADERS = [
    {"Tus-Resumable": "1.0.0", "Upload-Offset": "9" * 30, "Upload-Length": "-1"},
    {"Tus-Resumable": "1.0.0", "Upload-Length": "5", "Upload-Metadata": "target \xff,name AA=="},
    {"Tus-Resumable": "1.0.0", "Upload-Length": "5", "Upload-Metadata": "target AAAA,key AAAA"},
    {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Upload-Checksum": "sha1 \xff"},
    {"X-HTTP-Method-Override": "\xff", "Tus-Resumable": "9" * 5000},
]


@dataclass(frozen=True)
class Route:
    """One address: its name, how it is spelled, and what kinds of values its parameters take."""

    name: str
    route: str
    kinds: tuple[tuple[str, str], ...]

    def path(self, values: dict[str, str]) -> str:
        """The address with each parameter as it is given, which must be percent-encoded."""
        return "/" + _PARAMETER.sub(lambda found: values[found["name"]], self.route)


def routes() -> list[Route]:
    """Every address of the URL conf, named or not, those of packages too."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], namespace: str, prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        route = prefix + _spelled(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, route)
        else:
            kinds = tuple((m["name"], m["kind"] or "str") for m in _PARAMETER.finditer(route))
            yield Route(f"{namespace}{pattern.name}", route, kinds)


def _spelled(pattern: URLPattern | URLResolver) -> str:
    text = str(pattern.pattern)
    if isinstance(pattern.pattern, RegexPattern):
        return _GROUP.sub(r"<\1>", text).strip("^$").replace("\\", "")
    return text


def absurd_paths(route: Route, known: dict[str, object]) -> Iterator[str]:
    """The address with one parameter after the other spelled as nobody would."""
    usual = {name: quote(str(known.get(name, "1"))) for name, _kind in route.kinds}
    for name, kind in route.kinds:
        for value in IN_PATHS.get(kind, IN_PATHS["str"]):
            yield route.path({**usual, name: value})


def usual_path(route: Route, known: dict[str, object]) -> str:
    """The address of the record that is known."""
    return route.path({name: quote(str(known.get(name, "1"))) for name, _kind in route.kinds})


class FieldsOfPages(HTMLParser):
    """Which fields the forms of pages send, by the name of the address that they go to."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: defaultdict[str, set[str]] = defaultdict(set)
        self._page = self._goes_to = ""

    def read(self, path: str, html: str) -> None:
        """Note the fields of the forms on the page at `path`."""
        self._page = self._goes_to = _name_of(path)
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self._goes_to = _name_of(found.get("action") or "") or self._page
        elif tag in {"input", "select", "textarea", "button"} and found.get("name"):
            self.fields[self._goes_to].add(str(found["name"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._goes_to = self._page


def _name_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except (Resolver404, ValueError):
        return ""


def absurd_forms(names: set[str]) -> Iterator[dict[str, str]]:
    """What is sent where a form has these fields: one absurd value in all of them at a time."""
    names = names | set(ASKED_FOR)
    counts = {name for name in names if name.endswith(MANAGEMENT)}
    usual = {name: "0" if name.endswith("INITIAL_FORMS") else "1" for name in counts}
    for value in VALUES:
        yield {**dict.fromkeys(names, value), **usual}
    for value in VALUES if counts else []:
        yield {**dict.fromkeys(counts, value), "add_row": "form", "add_line": value}
    yield {json.dumps(VALUES[:3]): "x", "a\x00b": "c", "seen_": "x", "seen-": "²", "seen_²": "²"}
