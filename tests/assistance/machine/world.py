"""Three vouchers at different stages, and everybody who may or may not do something about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from accounts.models import User
from clusters.models import Representative
from demonstration.clock import noon, on
from demonstration.content.accounts import bank_account
from demonstration.story import VoucherStory
from demonstration.story.handing import give_link
from demonstration.story.quotes import answer, ask_for_quotes, choose, conclude
from tests.making import LB, LB_SECOND, MA, awarded, opening
from tests.people import person
from tests.providers.registering import register
from tests.remembering import remembered
from vouchers.calls.models import Call, PurchaseRules
from vouchers.providers.models import Provider

# Per cent above the planned days that the call bears.
TOLERANCE = 10
YOUNG, PLANNED, CONTRACTED = VOUCHERS = ("young", "planned", "contracted")
# Who acts: those of the voucher at hand, and those who have nothing to do with it.
RIGHT = ("manager", "deputy", "officer", "colleague")
OTHERS = (
    *("editor", "other manager", "foreign officer", "coordinator", "second coordinator"),
    *("finance", "assessor", "auditor", "stranger"),
)


@dataclass(frozen=True)
class World:
    """The stories of the vouchers by their names, and the people by theirs (their ids)."""

    told: dict[str, VoucherStory]
    people: dict[str, int]
    providers: dict[str, list[int]]

    def person(self, who: str, name: str) -> User:
        """Who that is for the voucher of this name."""
        country = self.told[name].country
        other = YOUNG if name != YOUNG else PLANNED
        foreign = "MA" if country == "LB" else "LB"
        key = {
            "other manager": f"manager of {other}",
            "officer": f"officer of {country}",
            "colleague": f"colleague of {country}",
            "foreign officer": f"officer of {foreign}",
        }.get(who, who if who in self.people else f"{who} of {name}")
        return User.objects.get(pk=self.people[key])


@remembered
def a_world() -> World:
    """A voucher just issued, one with a plan in force, one (in Morocco) with a contract and a link."""
    with opening(_tolerant):
        story, awards = awarded(LB, LB_SECOND, MA)
    cast = story.cast
    with on(noon(-20)):
        providers = {
            country: [
                register(
                    cast,
                    country,
                    account=bank_account(country, number),
                    name=f"{name} {country}",
                    email=f"{name.lower()}.{country.lower()}@example.org",
                )
                for number, name in enumerate(("Atlas", "Byblos", "Cyprus"), start=61)
            ]
            for country in ("LB", "MA")
        }
    with on(noon(-14)):
        issued = [story.accept(award.application) for award in awards]
    told = {
        name: VoucherStory(cast, voucher, facts, providers[facts.country][0], "EUR")
        for name, voucher, facts in zip(VOUCHERS, issued, (LB, LB_SECOND, MA), strict=True)
    }
    for name in (PLANNED, CONTRACTED):
        told[name].go("plan approved", starting=noon(-13), days=1)
    _contract(told[CONTRACTED], providers["MA"])
    return World(
        told, _people(told), {code: [one.pk for one in some] for code, some in providers.items()}
    )


def _tolerant(call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(session_tolerance=TOLERANCE)
    PurchaseRules.objects.filter(call=call).update(quote_currencies=["EUR", "USD", "MAD"])


_tolerant.remembered_as = "ten per cent of tolerance, and quotes in dollars"  # type: ignore[attr-defined]


def _contract(told: VoucherStory, providers: list[Provider]) -> None:
    hour = timedelta(hours=1)
    asked = ask_for_quotes(told, providers, at=noon(-9), deadline=noon(-8))
    answer(told, asked, at=noon(-9) + hour)
    choose(told, asked, at=noon(-8) + hour)
    conclude(told, asked, at=noon(-7))
    with on(noon(-6)):
        give_link(told)


def _people(told: dict[str, VoucherStory]) -> dict[str, int]:
    cast = told[YOUNG].cast
    people = {
        "coordinator": cast.coordinators[0],
        "second coordinator": cast.coordinators[1],
        "finance": cast.finance[0],
        "assessor": cast.assessors[0],
        "auditor": User.objects.get(role_grants__role="auditor"),
        "stranger": person("stranger@example.org"),
    }
    for country in ("LB", "MA"):
        people[f"officer of {country}"] = cast.officer(country)
        people[f"colleague of {country}"] = person(
            f"colleague.{country}@example.org", role="officer", country=country
        )
    for name, one in told.items():
        people[f"manager of {name}"] = one.manager
        cluster = one.voucher.award.application.cluster
        for who, level in (("deputy", "manager"), ("editor", "editor")):
            people[f"{who} of {name}"] = person(f"{who}.{name}@example.org")
            Representative.objects.create(
                cluster=cluster, user=people[f"{who} of {name}"], level=level
            )
    return {key: user.pk for key, user in people.items()}
