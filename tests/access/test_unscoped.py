"""Nothing is read unscoped by accident: pages read through reads that are scoped, or say why not.

Read from the sources, see conduct.queries.scoping. Actions are held by other tests: they lock the
record and judge it on the fresh row (tests/conduct/test_lock_then_judge.py).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from tests.access.shown import SHOWN

ROOT = Path(settings.BASE_DIR)
# The rooms with personal data and money.
GUARDED = (
    "clusters",
    "documents",
    "files",
    "links",
    "notices",
    "vouchers.applications",
    "vouchers.assistance",
    "vouchers.awards",
    "vouchers.books",
    "vouchers.correspondence",
    "vouchers.eligibility",
    "vouchers.payments",
    "vouchers.providers",
    "vouchers.scoring",
    "vouchers.screening",
)
# What everybody may read of them.
PUBLIC = {"ClosedPeriod", "Country", "Currency", "ExchangeRate", "RateFile", "ScoringRound"}
PAGES = {"views", "forms", "templatetags", "panels", "steps", "middleware"}
READS = {"queries", "permissions", "letters", "wording"}
NOT_READ = {"actions", "migrations", "tests", "management", "demonstration", "benchmarks"}

# Pages that read a model themselves, each with its reason.
EXCEPTIONS = {}


@dataclass
class Read:
    """A function or class that reads a model, with all that encloses it."""

    path: Path
    chain: list[ast.AST] = field(default_factory=list)
    model: str = ""

    @property
    def where(self) -> tuple[str, str]:
        return str(self.path.relative_to(ROOT)), ".".join(
            node.name for node in self.chain if isinstance(node, ast.FunctionDef)
        )


def guarded_models() -> set[str]:
    return {
        model.__name__ for model in apps.get_models() if model.__module__.startswith(GUARDED)
    } - PUBLIC


def sources() -> Iterator[tuple[Path, set[str], ast.Module]]:
    """Each module of the house, with the roles that its path names."""
    for app in apps.get_app_configs():
        base = Path(app.path)
        if base.parent != ROOT or base.name in NOT_READ:
            continue
        for path in sorted(base.rglob("*.py")):
            roles = {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
            if not roles & NOT_READ:
                yield path, roles, ast.parse(path.read_text())


def reads_in(path: Path, tree: ast.Module, models: set[str]) -> Iterator[Read]:
    def below(node: ast.AST, chain: list[ast.AST]) -> Iterator[Read]:
        for child in ast.iter_child_nodes(node):
            inner = chain
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                inner = [*chain, child]
            if (found := _model_read_by(child)) in models:
                yield Read(path, inner, found)
            if not _reads_nothing(child):
                yield from below(child, inner)

    return below(tree, [])


def _model_read_by(node: ast.AST) -> str:
    managers = ("objects", "_default_manager", "_base_manager")
    if isinstance(node, ast.Attribute) and node.attr in managers:
        return node.value.id if isinstance(node.value, ast.Name) else ""
    shortcuts = ("get_object_or_404", "get_list_or_404")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in shortcuts:
        return node.args[0].id if node.args and isinstance(node.args[0], ast.Name) else ""
    return ""


def _reads_nothing(node: ast.AST) -> bool:
    """`Model.objects.none()`, with which a field begins."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "none"
    )


def is_for_system(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "for_system"
        for mark in node.decorator_list
    )


def is_scoped(read: Read, models: set[str]) -> bool:
    """Whether a read says whose it is: by its name, by what it is given, or by why it is nobody's."""
    for node in read.chain:
        if is_for_system(node):
            return True
        if isinstance(node, ast.FunctionDef):
            if re.search(r"_(visible|shown)_to$", node.name):
                return True
            given = [*node.args.args, *node.args.kwonlyargs]
            words = " ".join(ast.unparse(each.annotation) for each in given if each.annotation)
            if set(re.findall(r"\w+", words)) & (models | {"User"}):
                return True
    return False


@pytest.fixture(scope="module")
def house():
    return list(sources())


def test_the_test_sees_the_house(house):
    paths = {str(path.relative_to(ROOT)) for path, _roles, _tree in house}
    assert {"vouchers/payments/queries/claims.py", "clusters/views/people.py"} <= paths
    assert {"Claim", "BankAccount", "Score", "Document", "Upload"} <= guarded_models()


def test_pages_read_no_model_themselves(house):
    models = guarded_models()
    found = {
        read.where: read.model
        for path, roles, tree in house
        if roles & PAGES and "queries" not in roles
        for read in reads_in(path, tree, models)
    }
    assert {where: model for where, model in found.items() if where not in EXCEPTIONS} == {}
    assert set(EXCEPTIONS) <= set(found), "an exception that nobody needs any more"


def test_every_read_is_scoped_or_says_why_not(house):
    models = guarded_models()
    unscoped = {
        read.where
        for path, roles, tree in house
        if roles & READS and not (roles & PAGES and "queries" not in roles)
        for read in reads_in(path, tree, models)
        if not is_scoped(read, models)
    }
    assert unscoped == set()


def test_a_read_that_is_scoped_to_nobody_says_why_in_words(house):
    marks = [
        mark
        for _path, _roles, tree in house
        for node in ast.walk(tree)
        if is_for_system(node)
        for mark in node.decorator_list
        if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "for_system"
    ]
    assert len(marks) > 30
    for mark in marks:
        (why,) = mark.args
        assert isinstance(why, ast.Constant)
        assert len(why.value.split()) >= 3


def test_pages_call_no_read_for_the_system_but_those_that_are_listed(house):
    unscoped = {
        node.name for _path, _roles, tree in house for node in ast.walk(tree) if is_for_system(node)
    }
    # What begins with a stroke is used in its own module only.
    unscoped = {name for name in unscoped if not name.startswith("_")}
    called = set()
    for _path, roles, tree in house:
        if not roles & PAGES or "queries" in roles:
            continue
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        called |= names & unscoped
    assert called - set(SHOWN) == set()
    assert set(SHOWN) - called == set(), "a reason that nobody needs any more"


PAGE = "from x import Claim\ndef view(request, pk):\n    return {}\n"


@pytest.mark.parametrize(
    "read",
    [
        "Claim.objects.get(pk=pk)",
        "Claim._default_manager.all()",
        "get_object_or_404(Claim, pk=pk)",
        "list(Claim.objects.filter(state='paid').order_by('pk'))",
    ],
)
def test_an_accident_is_seen(read):
    tree = ast.parse(PAGE.format(read))
    (found,) = reads_in(ROOT / "x.py", tree, {"Claim"})
    assert found.model == "Claim"
    assert not is_scoped(found, {"Claim"})


@pytest.mark.parametrize(
    "line",
    [
        "def claims_visible_to(person): return Claim.objects.all()",
        "def order_of(claim: Claim): return Claim.objects.get(pk=claim.pk)",
        "def claims_of(user: User): return Claim.objects.filter(by=user)",
        '@for_system("background work sweeps them")\ndef lost(): return Claim.objects.all()',
    ],
)
def test_a_read_that_says_whose_it_is_counts(line):
    (found,) = reads_in(ROOT / "x.py", ast.parse(line), {"Claim"})
    assert is_scoped(found, {"Claim"})


def test_a_read_that_says_nothing_does_not_count():
    tree = ast.parse("def claims(state: str, call: Call): return Claim.objects.filter(state=state)")
    (found,) = reads_in(ROOT / "x.py", tree, {"Claim"})
    assert not is_scoped(found, {"Claim"})
