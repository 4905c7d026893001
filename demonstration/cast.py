"""The people of the demonstration: one log-in per role, and who acts for each cluster."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from accounts.actions import add_person, grant_role
from accounts.models import Role, User

PASSWORD = "voucher-demo-2026"  # noqa: S105 (told to everybody)
# The log-in of a cluster: the first one that the story tells of.
MANAGER_EMAIL = "qoot-cluster@example.org"

ZONES = {"LB": "Asia/Beirut", "MA": "Africa/Casablanca", "TN": "Africa/Tunis"}
LANGUAGES = {"LB": "en", "MA": "fr", "TN": "fr"}


@dataclass(frozen=True)
class Part:
    """One account: address, name, role ('' for none), country (of an officer), language."""

    email: str
    name: str
    role: Role | None = None
    country: str = ""
    language: str = "en"
    zone: str = "Europe/Brussels"


STAFF = [
    Part("coordinator@example.org", "Maya Khoury", Role.COORDINATOR, zone=ZONES["LB"]),
    Part("coordinator2@example.org", "Karim Nassar", Role.COORDINATOR, zone=ZONES["LB"]),
    Part("officer.lb@example.org", "Nadine Saab", Role.OFFICER, "LB", zone=ZONES["LB"]),
    Part("officer.ma@example.org", "Youssef Alaoui", Role.OFFICER, "MA", "fr", ZONES["MA"]),
    Part("officer.tn@example.org", "Ines Trabelsi", Role.OFFICER, "TN", "fr", ZONES["TN"]),
    Part("assessor@example.org", "Leila Mansour", Role.ASSESSOR, zone=ZONES["LB"]),
    Part("assessor2@example.org", "Omar Benjelloun", Role.ASSESSOR, "", "fr", ZONES["MA"]),
    Part("assessor3@example.org", "Hela Gharbi", Role.ASSESSOR, "", "ar", ZONES["TN"]),
    Part("finance@example.org", "Rita Haddad", Role.FINANCE, zone=ZONES["LB"]),
    Part("finance2@example.org", "Samir Aoun", Role.FINANCE, zone=ZONES["LB"]),
    Part("auditor@example.org", "Elena Rossi", Role.AUDITOR),
    Part("administrator@example.org", "Jad Sfeir", Role.ADMINISTRATOR, zone=ZONES["LB"]),
]


@cache
def _hashed_password() -> str:
    """Hashing is slow on purpose; everybody has the same password here, so once is enough."""
    return make_password(PASSWORD)


class Cast:
    """Finds the people of the demonstration, and makes those who are not there yet."""

    def __init__(self) -> None:
        self._people: dict[str, User] = {}

    def make_staff(self) -> None:
        """Make every account with a role; their roles are given by the system."""
        for part in STAFF:
            self._make(part)

    def manager(self, cluster: str, country: str, language: str = "") -> User:
        """Who manages a cluster: an account named after it."""
        email = f"{slugify(cluster)[:40].strip('-') or 'cluster'}@example.org"
        if email not in self._people:
            part = Part(
                email,
                f"{_MANAGERS[len(self._people) % len(_MANAGERS)]}",
                language=language or LANGUAGES[country],
                zone=ZONES[country],
            )
            self._make(part)
        return self._people[email]

    def officer(self, country: str) -> User:
        """The officer of a country."""
        return self._people[f"officer.{country.lower()}@example.org"]

    @cached_property
    def coordinators(self) -> tuple[User, User]:
        return self._people["coordinator@example.org"], self._people["coordinator2@example.org"]

    @cached_property
    def finance(self) -> tuple[User, User]:
        return self._people["finance@example.org"], self._people["finance2@example.org"]

    @cached_property
    def assessors(self) -> tuple[User, User, User]:
        return (
            self._people["assessor@example.org"],
            self._people["assessor2@example.org"],
            self._people["assessor3@example.org"],
        )

    def _make(self, part: Part) -> None:
        person = add_person(
            part.email,
            part.name,
            language=part.language,
            time_zone=part.zone,
        )
        person.password = _hashed_password()
        person.save(update_fields=["password"])
        if part.role:
            grant_role(person, part.role, country_code=part.country, by=None)
        self._people[part.email] = person


_MANAGERS = [
    "Rami Fares",
    "Salma Idrissi",
    "Amine Jaziri",
    "Hiba Chami",
    "Mehdi Tazi",
    "Sarra Ayari",
    "Tarek Daher",
    "Zineb Bennani",
    "Walid Hamdi",
    "Joumana Karam",
    "Nabil Cherkaoui",
    "Asma Ferchichi",
]
