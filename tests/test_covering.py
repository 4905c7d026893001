"""The floors of `make coverage`: which files count where, and what is said of a room below its own."""

from tests.covering import Share, below_their_floors, names_of, shares_of


def test_a_file_counts_in_its_room_and_under_its_higher_floor():
    assert names_of("accounts/views/roles.py") == ["accounts"]
    assert names_of("vouchers/models.py") == ["vouchers"]
    assert names_of("vouchers/payments/actions/orders.py") == [
        "vouchers/payments",
        "vouchers/payments/*",
    ]
    assert names_of("vouchers/scoring/ranking/models.py") == [
        "vouchers/scoring",
        "vouchers/scoring/ranking/*",
    ]
    assert names_of("clusters/permissions.py") == ["clusters", "*/permissions.py"]


def test_shares_are_summed_and_held_against_their_floors():
    shares = shares_of(
        {
            "accounts/models.py": Share(100, 10),
            "accounts/permissions.py": Share(10, 1),
            "vouchers/payments/models.py": Share(100, 5),
        }
    )
    assert shares["accounts"] == Share(110, 11)
    assert below_their_floors(shares) == ["*/permissions.py: 90.0 % ran, at least 95 % must."]
    assert below_their_floors({"files": Share(100, 16)}) == [
        "files: 84.0 % ran, at least 85 % must."
    ]
    assert Share().percent == 100
