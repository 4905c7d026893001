"""The records that the pages of this room show, as far as the person may see them."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from vouchers.awards import queries
from vouchers.awards.models import Appeal, Award, Decision, ReservePlace, SelectionRound


def round_or_404(request: PersonRequest, pk: int) -> SelectionRound:
    return get_object_or_404(queries.rounds_visible_to(request.user), pk=pk)


def decision_or_404(request: PersonRequest, pk: int) -> Decision:
    return get_object_or_404(queries.decisions_visible_to(request.user), pk=pk)


def award_or_404(request: PersonRequest, pk: int) -> Award:
    return get_object_or_404(queries.awards_visible_to(request.user), pk=pk)


def appeal_or_404(request: PersonRequest, pk: int) -> Appeal:
    return get_object_or_404(queries.appeals_visible_to(request.user), pk=pk)


def place_or_404(request: PersonRequest, pk: int) -> ReservePlace:
    return get_object_or_404(queries.places_visible_to(request.user), pk=pk)
