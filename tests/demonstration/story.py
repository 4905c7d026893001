"""The whole demonstration, told once for all tests of a process."""

from __future__ import annotations

import io
from unittest.mock import patch

from django.core.management import call_command

from demonstration import plot
from demonstration.management.commands import make_demo
from tests.remembering import remembered


def make(*options: str) -> str:
    """Run the command; what it said."""
    said = io.StringIO()
    call_command("make_demo", *options, stdout=said)
    return said.getvalue()


@remembered
def the_whole_story() -> list[float]:
    """Tell it by the command; the parts that were done whenever the bar was told."""
    shares: list[float] = []

    def tell(report):
        plot.tell(lambda part, done: (shares.append(done), report(part, done)))

    with patch.object(make_demo, "tell", tell):
        make()
    return shares
