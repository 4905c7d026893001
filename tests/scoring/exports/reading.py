"""Reading exports of scores in tests: tables, the script's output, and formulas calculated anew."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
from django.urls import reverse

from demonstration.many.scored import make_applications
from demonstration.story import Story
from tests.making import cast_of_all
from tests.people import log_in, person
from tests.remembering import remembered
from vouchers.scoring.assessing.models import Consensus
from vouchers.scoring.consensus import actions
from vouchers.scoring.ranking.queries import ranked_by_country

SCRIPT = Path(__file__).resolve().parents[3] / "docs" / "recompute_ranking.py"
CENT = Decimal("0.01")


def post(client, call, kind):
    return client.post(reverse(f"scoring:export_{kind}", args=[call.slug]))


def content(response):
    """The bytes of the file."""
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def texts_of(response):
    """Each file of the ZIP as text, by its name."""
    with zipfile.ZipFile(io.BytesIO(content(response))) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def tables_of(response):
    """Each table of the ZIP as a list of rows, by its name without .csv."""
    return {
        name.removesuffix(".csv"): [*csv.DictReader(io.StringIO(text))]
        for name, text in texts_of(response).items()
        if name.endswith(".csv")
    }


def live(call):
    """The portal's own ranking: country, place, reference, total to the cent, proposal, tied."""
    return sorted(
        (
            application.country_id,
            place.rank,
            application.reference,
            place.total.quantize(CENT, ROUND_HALF_UP),
            place.suggested,
            place.tied,
        )
        for ranking in ranked_by_country(call)
        for place, application in ranking.places
    )


def recomputed(client, call, by, folder):
    """What the script makes of the person's export, as `live` gives it."""
    path = folder / "scores.zip"
    path.write_bytes(content(post(log_in(client, by), call, "csv")))
    # Isolated, elsewhere, with nothing of the portal in its environment.
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(path)],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
        env={},
    )
    return sorted(
        (country, int(place), name, Decimal(total), proposal, tied == "tied")
        for country, place, name, total, proposal, tied in csv.reader(done.stdout.splitlines())
    )


@remembered
def varied_story(scores, *, moroccan=("4", "4", "4"), quotas):
    """Lebanese applications with the scores, one more with a consensus, one with a third opinion.

    Gives the story, these in order, and a Moroccan one; the other Moroccan ones are not scored.
    """
    cast = cast_of_all()
    number = len(scores) + 2
    story = Story(cast, make_applications(2 * number, quotas=quotas, assessments=0))
    lebanese = [*story.call.applications.filter(country="LB").order_by("reference")]
    last = story.call.applications.filter(country="MA").order_by("reference").first()
    *scored, agreed, third = lebanese
    for application, values in zip([*scored, last], [*scores, moroccan], strict=True):
        story.score_fully(application, values)
    _disagree(story, agreed, ("4.5", "4", "4.5"), ("2", "2.5", "3"))
    story.agree(agreed, ("3.5", "3", "3.5"))
    _disagree(story, third, ("5", "5", "4.5"), ("2", "2.5", "3"))
    assessor = person(role="assessor", name="Third")
    opinion = actions.ask_third(third, assessor, by=cast.coordinators[0])
    story.score(opinion, ("4.5", "4.5", "4"))
    return story, [*lebanese, last]


def _disagree(told, application, *values):
    for assignment, given in zip(told.assign(application, len(values)), values, strict=True):
        told.score(assignment, given)
    assert Consensus.objects.get(application=application).state == "asked"


class Calculated:
    """Calculates the formulas of a workbook anew, exactly; what is written with them is not read."""

    _REFERENCE = re.compile(r"(?:(\w+)!)?(\$?[A-Z]+\$?\d+)(?::(\$?[A-Z]+\$?\d+))?")

    def __init__(self, content):
        self.book = openpyxl.load_workbook(io.BytesIO(content))

    def cell(self, sheet, address):
        """The value of a cell: numbers as fractions."""
        value = self.book[sheet][address.replace("$", "")].value
        if isinstance(value, str) and value.startswith("="):
            return self._calculate(sheet, value)
        exact = isinstance(value, int | float) and not isinstance(value, bool)
        return Fraction(str(value)) if exact else value

    def _calculate(self, sheet, formula):
        said = re.sub(r"(?<![<>])=", "==", formula[1:])
        python = self._REFERENCE.sub(lambda found: self._in_python(sheet, *found.groups()), said)
        names = {"cell": self.cell, "cells": self._cells, "TRUE": True}
        return eval(  # noqa: S307 (formulas that we wrote)
            python,
            {"AND": lambda *tests: all(tests), "ROUND": _half_up, "AVERAGEIFS": _average, **names},
        )

    @staticmethod
    def _in_python(sheet, other, first, last):
        if last:
            return f"cells({other or sheet!r}, {first!r}, {last!r})"
        return f"cell({other or sheet!r}, {first!r})"

    def _cells(self, sheet, first, last):
        found = self.book[sheet][f"{first}:{last}".replace("$", "")]
        return [self.cell(sheet, cell.coordinate) for (cell,) in found]


def _half_up(value, decimals):
    return Fraction(int(value * 10**decimals + Fraction(1, 2)), 10**decimals)


def _average(values, *conditions):
    ranges, wanted = conditions[::2], conditions[1::2]
    chosen = [
        value
        for value, *found in zip(values, *ranges, strict=True)
        if all(one == want for one, want in zip(found, wanted, strict=True))
    ]
    return sum(chosen) / len(chosen)
