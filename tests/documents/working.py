"""The portal's Celery application as a test's worker runs it: able to be slow on request."""

import os
import time
from pathlib import Path

import django

from nextsociety.celery import app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
django.setup()

from documents.rendering import pdf as rendering  # noqa: E402 - models are there only now

_render = rendering.render


def _slowly(document):
    Path(os.environ["MARK"]).touch()
    rendered = _render(document)
    time.sleep(float(os.environ["SLOW_SECONDS"]))
    return rendered


rendering.render = _slowly
__all__ = ["app"]
