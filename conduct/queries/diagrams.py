"""The state machines of the project, drawn from the code that enforces them."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.utils import translation

from conduct.models.states import Flow

PREAMBLE = """# States

Made by `python manage.py draw_states` from the flows in the code; a database trigger on each table
refuses every transition that is not drawn here.
"""


def flowing_models() -> list[type[models.Model]]:
    """Every model that follows a flow, by app and name; event tables left out."""
    return sorted(
        (model for model in apps.get_models() if isinstance(getattr(model, "FLOW", None), Flow)),
        key=lambda model: (model._meta.app_label, model.__name__),
    )


def state_diagram(model: type[models.Model]) -> str:
    """The flow of one model as a Mermaid state diagram, with the labels that people read."""
    state: models.Field = model._meta.get_field("state")  # type: ignore[assignment]
    labels = dict(state.flatchoices)
    flow: Flow = model.FLOW  # type: ignore[attr-defined]
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f"    {value}: {label}" for value, label in labels.items()]
    lines += [f"    [*] --> {state.get_default()}"]
    lines += [f"    {source} --> {target}" for source, target in flow.transitions]
    lines += [f"    {value} --> [*]" for value in labels if flow.ends_in(value)]
    return "\n".join(lines)


def states_document() -> str:
    """The Markdown document with every diagram, in English."""
    with translation.override("en"):
        sections = [
            f"## {model.__name__}\n\n{_first_line(model)}\n\n"
            f"```mermaid\n{state_diagram(model)}\n```\n"
            for model in flowing_models()
        ]
    return "\n".join([PREAMBLE, *sections])


def _first_line(model: type[models.Model]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]
