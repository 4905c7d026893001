"""The portal's Celery application as a test's worker runs it: able to be slow on request."""

import os
import time
from pathlib import Path

import django

from nextsociety.celery import app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
django.setup()

from documents.rendering import pdf as rendering  # noqa: E402 - models are there only now
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


rendering.render = _slowly
sealing.sealed = _sealed_slowly
__all__ = ["app"]
