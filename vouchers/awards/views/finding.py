"""The records that the pages of this room show, as far as the person may see them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from vouchers.awards import queries
from vouchers.awards.models import Appeal, Award, Decision, ReservePlace, SelectionRound


def round_or_404(request: HttpRequest, pk: int) -> SelectionRound:
    return get_object_or_404(queries.rounds_visible_to(_person(request)), pk=pk)


def decision_or_404(request: HttpRequest, pk: int) -> Decision:
    return get_object_or_404(queries.decisions_visible_to(_person(request)), pk=pk)


def award_or_404(request: HttpRequest, pk: int) -> Award:
    return get_object_or_404(queries.awards_visible_to(_person(request)), pk=pk)


def appeal_or_404(request: HttpRequest, pk: int) -> Appeal:
    return get_object_or_404(queries.appeals_visible_to(_person(request)), pk=pk)


def place_or_404(request: HttpRequest, pk: int) -> ReservePlace:
    return get_object_or_404(queries.places_visible_to(_person(request)), pk=pk)


def _person(request: HttpRequest) -> Any:
    return request.user
