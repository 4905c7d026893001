"""Rooms have one shape: roles as files or folders of topics, none of them large, writes in actions."""

import ast
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A room joins them once it has the shape.
ROOMS = [
    "accounts",
    "bulk",
    "charts",
    "clusters",
    "conduct",
    "dashboards",
    "documents",
    "drafts",
    "exports",
    "files",
    "inputs",
    "jobs",
    "links",
    "lists",
    "notices",
    "reports",
    "texts",
    "saved_views",
    "vouchers/applications",
    "vouchers/assistance",
    "vouchers/assistance/needs",
    "vouchers/assistance/plans",
    "vouchers/assistance/reports",
    "vouchers/awards",
    "vouchers/books",
    "vouchers/calls",
    "vouchers/correspondence",
    "vouchers/eligibility",
    "vouchers/payments",
    "vouchers/payments/ledger",
    "vouchers/providers",
    "vouchers/scoring/assessing",
    "vouchers/scoring/consensus",
    "vouchers/scoring/exports",
    "vouchers/scoring/offline",
    "vouchers/scoring/ranking",
    "vouchers/scoring/reliability",
    "vouchers/scoring/rounds",
    "vouchers/scoring/support",
    "vouchers/screening",
]
ROLES = {
    *("rules", "models", "actions", "queries", "permissions", "wording", "steps", "forms"),
    *("panels", "layouts", "views", "urls", "letters", "targets", "tasks", "jobs"),
    # Which kinds of a thing there are: each room registers its own.
    "kinds",
    # Whom a room has screened against the list of sanctions, and what it knows of their payments.
    "screened",
    # What a room offers to do to several rows of a list at once.
    "together",
    # Which e-mails of a room go to people without an account.
    "mails",
    # How a letter becomes a PDF, and what opens a stranger's file in a process of its own.
    *("rendering", "reading", "sealing"),
}
# What Django and its packages look for by name.
OF_DJANGO = {
    *("__init__", "apps", "migrations", "management", "templatetags"),
    *("checks", "middleware", "receivers"),
    "adapters",
}
MOST_LINES = 300
MOST_MODULES = 15
WRITES = {
    *("save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create"),
    "delete",
}
# Writes that a package asks for where it looks for them: the account of a sign-up, and its manager.
ASKED_FOR = {
    "accounts/adapters.py": {"save"},
    "accounts/models/people.py": {"save"},
}


def modules(folder):
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def role_of(path, room):
    """The role of a module: the first part of its path, or the second in a sub-room."""
    first, *rest = path.relative_to(ROOT / room).parts
    if rest and first not in ROLES | OF_DJANGO:
        first = rest[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_made_of_roles(room):
    assert {role_of(path, room) for path in modules(ROOT / room)} <= ROLES | OF_DJANGO


@pytest.mark.parametrize("room", ROOMS)
def test_no_file_and_no_folder_is_large(room):
    files = modules(ROOT / room)
    assert files
    long = [str(path) for path in files if len(path.read_text().splitlines()) > MOST_LINES]
    assert not long
    for folder in {path.parent for path in files}:
        topics = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        assert len(topics) <= MOST_MODULES, folder


def written_in(path):
    """What a module writes: its actions, and calls that store a record."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                if (
                    isinstance(decorator, ast.Call)
                    and getattr(decorator.func, "id", "") == "action"
                ):
                    yield node.name
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in WRITES:
            yield f"{node.func.attr} in line {node.lineno}"


@pytest.mark.parametrize("room", ROOMS)
def test_records_are_written_by_actions_alone(room):
    found = {
        f"{path.relative_to(ROOT)}: {what}"
        for path in modules(ROOT / room)
        # A letter, a font or a picture that is written as a file is no record.
        if role_of(path, room) not in ("actions", "letters", "rendering", "reading")
        for what in written_in(path)
        if what.split()[0] not in ASKED_FOR.get(str(path.relative_to(ROOT)), ())
    }
    assert not found


def test_no_python_file_and_no_folder_is_large_wherever_it_lies():
    """Not only in rooms: the frame, the demonstration, the tests and the measurements too."""
    found = [
        path
        for top in sorted(ROOT.iterdir())
        if top.is_dir() and not top.name.startswith(".") and top.name != "node_modules"
        for path in modules(top)
    ]
    assert len(found) > len(ROOMS)
    assert [str(path) for path in found if len(path.read_text().splitlines()) > MOST_LINES] == []
    counted = Counter(path.parent for path in found if path.name != "__init__.py")
    assert {
        str(folder): number for folder, number in counted.items() if number > MOST_MODULES
    } == {}


def test_one_word_names_one_class():
    """Whoever reads `Section` knows which is meant; Django asks for the name of a command."""
    named = Counter(
        node.name
        for room in {name.split("/")[0] for name in ROOMS}
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and "commands" not in path.parts
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, number in named.items() if number > 1] == []
