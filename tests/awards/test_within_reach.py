"""The condition of who may read an award says the same wherever it is asked: with joins and without.

Who sees all, of whom nothing is shut, is asked for nothing within `reading_once`, else for a join:
a record whose way to the application may be empty would be found by the one and not by the other.
"""

import ast
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from vouchers.awards.models import Award


def reads():
    """Module, model and path of every read that asks so."""
    root = Path(settings.BASE_DIR)
    for file in sorted(root.glob("*/**/*.py")):
        place = file.relative_to(root)
        if place.parts[0] in ("tests", "node_modules", ".venv"):
            continue
        source = file.read_text()
        if "award_within_reach(" not in source:
            continue
        module = ".".join(place.with_suffix("").parts).removesuffix(".__init__")
        yield from _reads_in(module, ast.parse(source))


def _reads_in(module, tree):
    within = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "award_within_reach":
            path = ast.literal_eval(call.args[1]) if len(call.args) > 1 else ""
            yield module, _model_of(call, within), path


def _model_of(call, within):
    """The name of the model in `Model.objects….filter(award_within_reach(…))`."""
    node = call
    while node in within:
        node = within[node]
        of = node
        while isinstance(of, ast.Call | ast.Attribute):
            if isinstance(of, ast.Attribute) and of.attr == "objects":
                return of.value.id
            of = of.func if isinstance(of, ast.Call) else of.value
    return ""


READS = sorted(set(reads()))


def test_the_reads_are_found():
    assert len(READS) > 20
    assert ("vouchers.payments.queries.claims", "Claim", "voucher__award__") in READS


@pytest.mark.parametrize(("module", "model", "path"), READS)
def test_the_way_to_the_award_and_its_application_is_never_empty(module, model, path):
    if not path and not model:
        # `awards.filter(…)`, and the books: their accounts of no application are asked for apart.
        assert module in {"vouchers.awards.queries.offers", "vouchers.payments.ledger.queries"}
        return
    asked = getattr(import_module(module), model)
    for name in [*filter(None, path.split("__")), "application"]:
        field = asked._meta.get_field(name)
        assert field.concrete, f"{asked.__name__}.{name} is a way back, which may be empty"
        assert not field.null, f"{asked.__name__}.{name} may be empty"
        asked = field.related_model
    assert asked is Award._meta.get_field("application").related_model
