"""Every action locks a record before it looks at it: read from the sources, and tried."""

import ast

import pytest
from django.apps import apps

from clusters.models import BankAccount
from tests.conduct.reading_actions import (
    FIXED_ONCE_OPEN,
    ROOT,
    functions_of,
    is_action,
    model_names,
    read,
    records_of,
    sources,
)

# Actions that look before they lock, each with its reason.
EXCEPTIONS = {
    "export_scores": "reads for long and changes nothing: what it may read depends on roles alone",
    "export_for_research": "as export_scores",
}


@pytest.fixture(scope="module")
def trees():
    return list(sources())


@pytest.fixture(scope="module")
def functions(trees):
    return functions_of(trees)


def early_in(path, tree, functions):
    models = model_names()
    if "calls" not in path.parts:
        models -= FIXED_ONCE_OPEN
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and is_action(node):
            for line, what in read(path, node, functions, models).early:
                yield node.name, f"{path.relative_to(ROOT)}:{line} {node.name} {what}"


def test_every_action_locks_a_record_before_it_looks_at_it(trees, functions):
    found = [
        told
        for path, tree in trees
        for name, told in early_in(path, tree, functions)
        if name not in EXCEPTIONS
    ]
    assert not found, "\n".join(found)


def test_no_exception_is_kept_that_is_none(trees, functions):
    early = {name for path, tree in trees for name, _told in early_in(path, tree, functions)}
    assert set(EXCEPTIONS) <= early
    assert len(EXCEPTIONS) <= 5


def test_actions_that_take_a_record_are_really_read(trees, functions):
    models = model_names()
    actions = [
        node
        for _path, tree in trees
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and is_action(node)
    ]
    assert sum(bool(records_of(node, models)) for node in actions) > 80


EARLY = {
    "permission first": "require(may, by, claim)\n    claim = locked(claim)",
    "permission of its parent first": "require(may, by, claim.voucher)\n    claim = locked(claim)",
    "a role first": "require(may, by)\n    claim = locked(claim)",
    "state first": "if claim.state == 'paid':\n        return\n    claim = locked(claim)",
    "locked, but the old one used": "locked(claim)\n    require_state(claim, 'paid')",
    "locked under another name": "fresh = locked(claim)\n    move(claim, 'paid')",
    "its parent locked only": "voucher = locked(claim.voucher)\n    move(claim, 'paid')",
    "never locked": "claim.state = 'paid'\n    claim.save()",
    "in a helper": "_look(claim)\n    claim = locked(claim)",
    "under a condition": "if by:\n        claim.save()\n    claim = locked(claim)",
    "locked on one way only": "if by:\n        claim = locked(claim)\n    move(claim, 'paid')",
    "locked in a loop": "for one in by:\n        claim = locked(claim)\n    move(claim, 'paid')",
}
IN_ORDER = {
    "locked, then judged": "claim = locked(claim)\n    require(may, by, claim)",
    "both in one": "claim = judged(claim, may, by=by)\n    move(claim, 'paid')",
    "in a helper": "claim = _open(claim)\n    move(claim, 'paid')",
    "on every way": "if by:\n        claim = locked(claim)\n    else:\n        raise Refused('')\n"
    "    move(claim, 'paid')",
    "pointed at": "Claim.objects.filter(corrects=claim)\n    claim = locked(claim)",
}
HELPERS = """
def _look(claim: Claim):
    require(may, None, claim)

def _open(claim: Claim):
    claim = locked(claim)
    require_state(claim, "submitted")
    return claim
"""


def early_of(body):
    tree = ast.parse(
        f"{HELPERS}\n@action('Done')\ndef do(claim: Claim, *, by: User):\n    {body}\n"
    )
    path = ROOT / "sample.py"
    return list(early_in(path, tree, functions_of([(path, tree)])))


@pytest.mark.parametrize("body", EARLY.values(), ids=EARLY)
def test_the_other_order_is_found(body):
    assert early_of(body)


@pytest.mark.parametrize("body", IN_ORDER.values(), ids=IN_ORDER)
def test_the_right_order_passes(body):
    assert not early_of(body)


# Records that belong to one of several, each with the constraint that says so.
OF_ONE = {BankAccount: "bank_details_are_of_one"}


def test_what_is_locked_first_is_one_order_of_records_that_never_change_hands():
    """`LOCKED_AFTER` names relations that are always there, and leads round to nobody."""
    above = {}
    for model in apps.get_models():
        names = getattr(model, "LOCKED_AFTER", ())
        fields = [model._meta.get_field(name) for name in names]
        if any(field.null for field in fields):
            # Of these one is there, and never two: the database holds it.
            assert all(field.null for field in fields), model
            assert OF_ONE[model] in {rule.name for rule in model._meta.constraints}
        above[model] = [field.related_model for field in fields]

    def chain(model, below=()):
        assert model not in below, f"{model} is locked before itself"
        return [chain(other, (*below, model)) for other in above[model]]

    for model in above:
        chain(model)
    assert sum(map(bool, above.values())) >= 20
