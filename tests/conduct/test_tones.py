"""Every state has its tone on itself; one without is refused, and pages show nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from conduct.models.states import States, Tone
from vouchers.payments.models import Claim

ROOT = Path(settings.BASE_DIR)
MODELS = [model for model in apps.get_models() if hasattr(model, "FLOW")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_state_of_every_record_has_a_tone(model):
    assert issubclass(model.State, States)
    assert all(isinstance(state.tone, Tone) for state in model.State)
    # What the field takes is what has a tone.
    field = model._meta.get_field("state")
    assert {value for value, _label in field.choices} == set(model.State.values)


def test_all_records_with_states_are_looked_at():
    assert len(MODELS) > 20
    assert Claim in MODELS


def test_a_state_without_a_tone_or_with_an_unknown_one_is_refused():
    with pytest.raises(TypeError, match="tone"):

        class _NoTone(States):
            NEW = "new", _("new")

    with pytest.raises(ValueError, match="purple"):

        class _Purple(States):
            NEW = "new", "purple", _("new")


def test_a_page_shows_the_tone_of_the_state_and_refuses_an_unknown_state():
    shown = render_to_string("partials/_state.html", {"record": Claim(state="returned")})
    assert shown.strip() == '<span class="state state-bad">returned</span>'
    with pytest.raises(ValueError, match="lost"):
        render_to_string("partials/_state.html", {"record": Claim(state="lost")})


def test_a_state_is_compared_and_stored_as_its_value():
    assert Claim.State.PAID == "paid"
    assert Claim.State("paid").label == "paid"
    assert str(Claim.State.PAID) == "paid"


def test_every_tone_has_its_colour_and_no_template_makes_one_up():
    colours = set(re.findall(r"\.state-(\w+)\b", (ROOT / "static/css/portal.css").read_text()))
    assert set(Tone) <= colours
    used = {
        (path.name, name)
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"\bstate state-(\w+)", path.read_text())
    }
    assert {name for _path, name in used} <= set(Tone)
