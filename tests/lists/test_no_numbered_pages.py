"""Lists go on after the last record seen; pages are numbered only where each has a reason."""

from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
NUMBERED = {
    "clusters/views/imports.py": "rows of a file, no records",
    "vouchers/awards/views/selection.py": "decisions of one round, of which each page is counted",
    "vouchers/correspondence/panels.py": "messages of one application, and answers by their fit",
    "vouchers/scoring/ranking/views.py": "places are stored with their position",
    "vouchers/scoring/reliability/views/scenario.py": "rows that are computed, no records",
    "vouchers/payments/batches/views/batches.py": "the payments of one batch, in the order of its file",
    "vouchers/payments/ledger/views/writing.py": "closed periods, twelve a year at most",
    "vouchers/assistance/needs/views/calendars.py": "the meetings of one person",
}


def test_pages_are_numbered_only_where_there_is_a_reason():
    rooms = [path for path in ROOT.iterdir() if (path / "__init__.py").exists()]
    found = {
        str(path.relative_to(ROOT))
        for room in rooms
        if room.name not in ("tests", "benchmarks")
        for path in room.rglob("*.py")
        if "django.core.paginator" in path.read_text()
    }
    assert found <= set(NUMBERED)
