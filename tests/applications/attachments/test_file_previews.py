"""A file that cannot be drawn within the limits has no preview, and its page says so."""

from __future__ import annotations

import resource
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from files.actions import looking
from files.actions.making import make_preview
from files.models import Preview
from tests.files import samples
from tests.making import LB, open_story
from tests.people import log_in

pytestmark = pytest.mark.django_db


def test_a_page_too_heavy_to_draw_fails_alone_and_at_once(client, monkeypatch):
    monkeypatch.setattr(looking, "LIMITS", replace(looking.LIMITS, cpu_seconds=2))
    story = open_story()
    sent = story.apply(LB)
    name = sent.attachments.get().file.name
    default_storage.delete(name)
    default_storage.save(name, ContentFile(samples.DEFLATED_TWICE))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert make_preview(Preview.objects.get(source=name).pk) is False
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 * 1024
    assert Preview.objects.get(source=name).is_failed
    log_in(client, story.cast.officer("LB"))
    page = client.get(sent.get_absolute_url()).content.decode()
    assert "There is no preview: open the file itself." in page
    assert "A preview is being prepared." not in page
