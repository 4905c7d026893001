"""Walking every address of the portal as every role, and the table of what each must answer.

The table is `table.md`. `python -m pytest tests/access --write-table` writes what the portal answers
today; read the difference before you keep it: a cell that opened is a leak.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

TABLE = Path(__file__).parent / "table.md"
HEADING = """# Who gets what

Every address of the portal, and what it answers to each role. `page` shows it, `done` did it and leads
on, `form` shows what is missing, `login` asks to log in (`401` where a script asks), `403` says why not,
`404` does not admit that it exists. The record belongs to Lebanon: 'own' people to its cluster and
country, 'other' to Morocco.

"""
# Packages whose own tests cover their pages; ours only dress them.
NOT_OURS = ("account_", "mfa_", "usersessions_", "socialaccount_")


@dataclass(frozen=True)
class Address:
    """One named address: `calls:detail`, and the names of the parameters it takes."""

    name: str
    parameters: tuple[str, ...]


def addresses() -> list[Address]:
    """Every named address of the portal, in alphabetical order."""
    found = {address.name: address for address in _walk(get_resolver().url_patterns, "")}
    return [found[name] for name in sorted(found) if not name.startswith(NOT_OURS)]


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern.url_patterns, namespace)
        elif pattern.name:
            yield Address(
                f"{prefix}{pattern.name}",
                tuple(pattern.pattern.converters),
            )


class Rollback(Exception):
    """Ends a visit: whatever it wrote is undone."""


@dataclass(frozen=True)
class Answer:
    """What an address answered: in a word, and which of the marks it told."""

    word: str
    told: tuple[str, ...]


def visit(client: Client, url: str, marks: tuple[str, ...] = ()) -> Answer:
    """What the portal answers: a GET, or an empty POST where it takes no GET; nothing is kept."""
    answer = Answer("", ())
    try:
        with transaction.atomic():
            response = client.get(url)
            posted = response.status_code == 405
            if posted:
                response = client.post(url)
            told = told_by(response) if marks else ""
            answer = Answer(
                _in_a_word(response, posted=posted), tuple(mark for mark in marks if mark in told)
            )
            raise Rollback
    except Rollback:
        return answer


def told_by(response: HttpResponseBase) -> str:
    """All that an answer says: its headers, its body, and what is in its archives."""
    parts = b"".join(response) if response.streaming else response.content
    bodies = [parts]
    if parts.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(parts)) as archive:
            bodies += [archive.read(name) for name in archive.namelist()]
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    return headers + "".join(body.decode("utf-8", errors="replace") for body in bodies)


def _in_a_word(response: HttpResponseBase, *, posted: bool) -> str:
    if response.status_code in (301, 302, 303):
        to_login = response["Location"].startswith(reverse(settings.LOGIN_URL))
        return "login" if to_login else "done" if posted else "leads on"
    if response.status_code == 200:
        as_file = response.has_header("Content-Disposition")
        return ("done" if as_file else "form") if posted else "page"
    return str(response.status_code)


def written_table(file: Path = TABLE) -> dict[str, dict[str, str]]:
    """The table as it is written down: by address, then by role."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in file.read_text().splitlines()
        if line.startswith("|")
    ]
    roles = rows[0][1:]
    return {row[0]: dict(zip(roles, row[1:], strict=True)) for row in rows[2:]}


def write_table(table: dict[str, dict[str, str]], file: Path = TABLE) -> None:
    """Write the table, columns aligned so that a difference is easy to read."""
    roles = list(next(iter(table.values())))
    rows = [["address", *roles], *([name, *row.values()] for name, row in table.items())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    file.write_text(HEADING + "\n".join(lines) + "\n")
