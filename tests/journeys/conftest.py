"""A real browser: Debian's Chromium, driven by Playwright; every page is checked by axe-core."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright

from bootstrap import BROWSERS
from tests.documents.conftest import rendering_mark, wait_for, worker
from tests.people import log_in

__all__ = ["rendering_mark", "worker"]

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
# Read as a function: what axe-core judges a page by.
SHAPE = Path(__file__).with_name("shape.js")
# Widths and shapes of pages without a problem.
# What stays at the edge of the window covers at any place of scrolling what is to be scrolled from below
# it. How large a target is would hang on where the window happens to end.
IN_ITS_PLACE = """
    window.atTheEdge = [...document.querySelectorAll('main *')].filter(
        one => getComputedStyle(one).position === 'sticky');
    window.atTheEdge.forEach(one => one.style.position = 'relative');
"""
BACK_AT_THE_EDGE = "window.atTheEdge.forEach(one => one.style.removeProperty('position'))"
_accessible: set[tuple[int, str]] = set()
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser():
    # Playwright runs a loop of its own in this thread; the queries of the tests stay synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, f"A browser is missing: apt-get install {BROWSERS[0]}"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


# What htmx says where a page asks how far its letters are and is left meanwhile. A request that fails
# is told by other words too (htmx:sendError, htmx:responseError).
CUT_OFF = ("htmx:sendAbort", "htmx:afterRequest")


class Visitor:
    """One person at a browser: opens pages, fills forms, and finds every page accessible."""

    def __init__(self, browser, address, user=None, *, width=1280, javascript=True):
        self.address = address
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=javascript
        )
        self.javascript = javascript
        self.complaints = []
        self.user = user
        if user is not None:
            self.sit_down(user)
        self.turn_to_new_page()

    def sit_down(self, user):
        """Be logged in as this person, who takes the place of whoever was."""
        self.user = user
        session = log_in(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.address}]
        )

    def turn_to_new_page(self):
        """Open another window of the same browser; from now on it is the page of this person."""
        self.page = self.context.new_page()
        # Long enough for a busy machine.
        self.page.set_default_timeout(40_000)
        self.page.on("console", self._note)
        self.page.on("dialog", lambda dialog: dialog.accept())
        return self.page

    def _note(self, message):
        if message.type == "error" and not message.text.startswith(CUT_OFF):
            self.complaints.append(message.text)

    def open(self, path):
        """Open one of our pages; it must be there, accessible, and without a complaint."""
        answer = self.page.goto(f"{self.address}{path}")
        assert answer.status == 200, f"{path} answers {answer.status}"
        self.check()
        return self

    def fill(self, **fields):
        for name, value in fields.items():
            self.page.fill(f"main [name='{name.replace('__', '-')}']", str(value))
        return self

    def choose(self, name, value):
        self.page.select_option(f"main [name='{name}']", value)
        return self

    def upload(self, name, file):
        self.page.set_input_files(
            f"main [name='{name}']",
            {"name": file.name, "mimeType": "application/pdf", "buffer": file.read()},
        )
        return self

    def press(self, label):
        """Press the button called so, and look at the page that comes."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=label, exact=True).first.click()
        self.check()
        return self

    def follow(self, label):
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=label, exact=True).first.click()
        self.check()
        return self

    def speak(self, language):
        """Choose a language as this person finds it: beside the menu, or in that of a telephone."""
        offered = self.page.locator(f".languages button[value={language}]:visible")
        if not offered.count():
            self.page.locator(".site-nav-small > summary").click()
        with self.page.expect_navigation():
            offered.click()
        return self

    def reads(self, text):
        assert text in self.page.inner_text("body"), f"“{text}” is not on {self.page.url}"
        return self

    def check(self):
        """No complaint of the browser (such as the content policy's), none of axe-core."""
        assert self.complaints == [], self.page.url
        if not self.javascript:
            return
        assert self._problems() == [], self.page.url

    def _problems(self):
        """What axe-core finds on the page; of one that is built alike it has found nothing before."""
        built = (self.page.viewport_size["width"], self.page.evaluate(SHAPE.read_text()))
        if built in _accessible:
            return []
        self.page.evaluate(AXE.read_text())
        self.page.evaluate(IN_ITS_PLACE)
        found = self.page.evaluate(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],"
            " resultTypes: ['violations']})"
        )
        self.page.evaluate(BACK_AT_THE_EDGE)
        problems = [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]
        if not problems:
            _accessible.add(built)
        return problems


@pytest.fixture
def visitor(browser, live_server):
    """A function that seats a person (or a stranger) at a browser."""
    seated = []

    def seat(user=None, **options):
        someone = Visitor(browser, live_server.url, user, **options)
        seated.append(someone)
        return someone

    yield seat
    for someone in seated:
        someone.context.close()
    # What a page still asked for as it closed: emptying the tables would meet it.
    wait_for(lambda: not queries_under_way())


def queries_under_way():
    """How many other connections to the database are at work."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND state <> 'idle' AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]
