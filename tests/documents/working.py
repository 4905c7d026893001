"""The portal's Celery application as a test's worker runs it: slow, or ahead of time, on request."""

import os
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import django
from django.utils import timezone

from nextsociety.celery import app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
django.setup()

from demonstration.clock import on  # noqa: E402 - models are there only now
from documents.rendering import pdf as rendering  # noqa: E402
from documents.sealing import sealing  # noqa: E402

_render, _sealed = rendering.render, sealing.sealed


def _slowly(document):
    Path(os.environ["MARK"]).touch()
    rendered = _render(document)
    time.sleep(float(os.environ["SLOW_SECONDS"]))
    return rendered


def _sealed_slowly(content, key, *, said):
    if float(os.environ["SLOW_SEAL"]):
        Path(os.environ["MARK"]).with_name("sealing").touch()
        time.sleep(float(os.environ["SLOW_SEAL"]))
    return _sealed(content, key, said=said)


# Held for as long as the process lives: its clock is as far ahead as it was asked to be.
_clock = ExitStack()
if float(os.environ["AHEAD"]):
    _clock.enter_context(on(timezone.now() + timedelta(seconds=float(os.environ["AHEAD"]))))

rendering.render = _slowly
sealing.sealed = _sealed_slowly
__all__ = ["app"]
