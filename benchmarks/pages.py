"""How long the pages take that many people open: CPU, queries and weight of each.

    DEMO=1 .venv/bin/python manage.py make_demo --applications 10000
    DEMO=1 .venv/bin/python -m benchmarks.pages

CPU time counts, since the machine may be busy; the best of ten is told.
"""

from __future__ import annotations

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
django.setup()

from django.conf import settings  # noqa: E402 - settings are there only now
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from vouchers.applications.models import Application  # noqa: E402
from vouchers.calls.models import Call  # noqa: E402

RUNS = 10


def pages() -> list[tuple[str, str, str]]:
    """Who opens which page, and what it is called here."""
    newest = Call.objects.order_by("-pk").first()
    slug = newest.slug if newest else ""
    return [
        ("home, visitor", "", "/"),
        ("home, coordinator", "coordinator@example.org", "/"),
        ("applications, coordinator", "coordinator@example.org", "/applications/"),
        ("applications, search", "coordinator@example.org", "/applications/?text=LB-0007"),
        ("scoring, officer", "officer.lb@example.org", "/scoring/"),
        ("ranking, coordinator", "coordinator@example.org", f"/scoring/{slug}/ranking/"),
        ("overview, coordinator", "coordinator@example.org", f"/overview/?call={slug}"),
        ("results, visitor", "", "/results/"),
    ]


def measure(client: Client, path: str) -> tuple[float, int, int]:
    """CPU milliseconds (best of RUNS), queries, and bytes of HTML."""
    asked = []

    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        page = client.get(path)
    best = float("inf")
    for _run in range(RUNS):
        start = time.process_time()
        client.get(path)
        best = min(best, time.process_time() - start)
    return best * 1000, len(asked), len(page.content)


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    lines = [f"{Application.objects.count()} applications"]
    for name, email, path in pages():
        client = Client()
        if email:
            client.force_login(
                User.objects.get(email=email),
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )
        cpu, queries, size = measure(client, path)
        lines.append(f"{name:<28}{cpu:>8.1f} ms CPU {queries:>4} queries {size / 1000:>8.1f} kB")
    os.write(1, ("\n".join(lines) + "\n").encode())


if __name__ == "__main__":
    main()
