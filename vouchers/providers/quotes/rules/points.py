"""How quotes are compared: points for the price by a formula, for the rest by people, and the order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# What people give for a criterion that no formula judges; half marks are allowed.
HIGHEST_MARK = Decimal(5)
STEP_OF_MARKS = Decimal("0.5")
FULL_WEIGHT = Decimal(100)

_CENT = Decimal("0.01")


def price_points(lowest: Decimal, price: Decimal, weight: Decimal) -> Decimal:
    """Points for a price: lowest price ÷ price × weight, to the hundredth, half up.

    The cheapest gets the whole weight. It is how the European Commission's practical guide for
    contracts outside the Union (PRAG, service contracts) scores the price of a tender, there with
    100 in place of the weight. Prices are EUR and more than zero; raises ValueError otherwise.
    """
    if not 0 < lowest <= price:
        raise ValueError("The lowest price is more than zero, and no other one is below it.")
    return (lowest / price * weight).quantize(_CENT, ROUND_HALF_UP)


def marked_points(marks: Sequence[Decimal], weight: Decimal) -> Decimal | None:
    """Points for what people marked from 0 to 5: the mean of the marks as a share of the weight.

    None while nobody has given a mark. Raises ValueError for a mark outside the scale.
    """
    if not marks:
        return None
    if any(not 0 <= mark <= HIGHEST_MARK for mark in marks):
        raise ValueError("A mark lies between 0 and 5.")
    mean = sum(marks, Decimal(0)) / len(marks)
    return (mean / HIGHEST_MARK * weight).quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Ground:
    """A criterion as it counts: key, weight in points, and whether the price formula judges it."""

    key: int
    weight: Decimal
    is_price: bool


@dataclass(frozen=True)
class Bid:
    """A quote as it is compared: its key, its price in EUR, and the marks by the key of a criterion."""

    key: int
    price: Decimal
    marks: Mapping[int, Sequence[Decimal]]


@dataclass(frozen=True)
class Place:
    """Where a quote stands: points by the key of a criterion (None: no mark yet), their sum, the rank."""

    key: int
    price: Decimal
    points: Mapping[int, Decimal | None]
    total: Decimal
    is_complete: bool
    rank: int
    is_cheapest: bool


def ranked(offers: Iterable[Bid], grounds: Sequence[Ground]) -> list[Place]:
    """The quotes in the order of their points; of equal points the cheaper first.

    Two with the same points and price share their rank, so that neither is called the better one.
    """
    listed = list(offers)
    if not listed:
        return []
    lowest = min(offer.price for offer in listed)
    points = {offer.key: _points(offer, grounds, lowest) for offer in listed}
    totals = {key: _sum(of.values()) for key, of in points.items()}
    order = sorted(listed, key=lambda offer: (-totals[offer.key], offer.price, offer.key))
    places: list[Place] = []
    for at, offer in enumerate(order, start=1):
        last = places[-1] if places else None
        shares = last is not None and (last.total, last.price) == (totals[offer.key], offer.price)
        places.append(
            Place(
                key=offer.key,
                price=offer.price,
                points=points[offer.key],
                total=totals[offer.key],
                is_complete=all(one is not None for one in points[offer.key].values()),
                rank=last.rank if shares and last is not None else at,
                is_cheapest=offer.price == lowest,
            )
        )
    return places


def needs_reason(chosen: Place, places: Iterable[Place]) -> bool:
    """Whether a choice must be explained: something is cheaper, or ranks higher."""
    return any(
        place.price < chosen.price or place.rank < chosen.rank
        for place in places
        if place != chosen
    )


def _points(offer: Bid, grounds: Sequence[Ground], lowest: Decimal) -> dict[int, Decimal | None]:
    return {
        ground.key: price_points(lowest, offer.price, ground.weight)
        if ground.is_price
        else marked_points(offer.marks.get(ground.key, ()), ground.weight)
        for ground in grounds
    }


def _sum(points: Iterable[Decimal | None]) -> Decimal:
    return sum((one for one in points if one is not None), Decimal("0.00"))
