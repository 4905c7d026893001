"""How much of each room the tests ran, from the data of `make coverage`, and which falls below its floor.

Rooms that decide on money, on ranking and on rights have a floor of their own.
"""

from __future__ import annotations

import fnmatch
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).resolve().parent.parent
FLOOR = 85.0
# By the path of the files; the first pattern that fits counts besides the room.
HIGHER_FLOORS = {
    "vouchers/payments/*": 95.0,
    "vouchers/scoring/ranking/*": 95.0,
    "vouchers/scoring/rules/*": 95.0,
    "*/permissions.py": 95.0,
    "*/permissions/*": 95.0,
}
# The voucher's rooms are rooms each.
_OF_SEVERAL = "vouchers"


@dataclass
class Share:
    """Statements of a room, and how many of them ran."""

    statements: int = 0
    missing: int = 0

    @property
    def percent(self) -> float:
        return 100.0 * (1 - self.missing / self.statements) if self.statements else 100.0


def room_of(path: str) -> str:
    """The room of a file, by its path in the checkout: `accounts`, `vouchers/payments`."""
    first, *rest = path.split("/")
    return f"{first}/{rest[0]}" if first == _OF_SEVERAL and len(rest) > 1 else first


def names_of(path: str) -> list[str]:
    """Where a file counts: in its room, and under the higher floor that it must keep."""
    higher = [pattern for pattern in HIGHER_FLOORS if fnmatch.fnmatch(path, pattern)]
    return [room_of(path), *higher[:1]]


def below_their_floors(shares: dict[str, Share]) -> list[str]:
    """One sentence for each room, or group of files, of which too little ran."""
    return [
        f"{name}: {share.percent:.1f} % ran, at least {HIGHER_FLOORS.get(name, FLOOR):.0f} % must."
        for name, share in sorted(shares.items())
        if share.percent < HIGHER_FLOORS.get(name, FLOOR)
    ]


def shares_of(files: dict[str, Share]) -> dict[str, Share]:
    """What ran of each room, and of each group with a higher floor, from what ran of each file."""
    shares: defaultdict[str, Share] = defaultdict(Share)
    for path, share in files.items():
        for name in names_of(path):
            shares[name].statements += share.statements
            shares[name].missing += share.missing
    return dict(shares)


def main() -> None:
    """Print what ran of each room; exits with 1 where one is below its floor."""
    coverage = Coverage()
    coverage.load()
    files = {}
    for name in coverage.get_data().measured_files():
        path, statements, _excluded, missing, _missing_text = coverage.analysis2(name)
        inside = Path(path).relative_to(ROOT).as_posix()
        files[inside] = Share(len(statements), len(missing))
    shares = shares_of(files)
    for name, share in sorted(shares.items()):
        print(f"{name:40} {share.percent:5.1f} %  of {share.statements} statements")
    if too_low := below_their_floors(shares):
        sys.exit("\n".join(too_low))


if __name__ == "__main__":
    main()
