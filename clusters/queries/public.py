"""What a public page tells: the chosen parts of a cluster's facts, as plain values to freeze."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from clusters.models import Cluster, GrowthFigures, PagePart, PublicPage
from clusters.wording.growth import charts, headings, table_of


def public_facts(cluster: Cluster, parts: Iterable[str]) -> dict[str, Any]:
    """The facts of these parts (JSON); each is left out where the cluster keeps it to itself."""
    chosen = set(parts)
    facts: dict[str, Any] = {"established": cluster.established}
    if PagePart.LOGO in chosen and cluster.logo:
        facts["logo"] = cluster.logo.name
    if PagePart.MISSION in chosen:
        facts["mission"] = cluster.mission
    if PagePart.SERVICES in chosen:
        facts["services"] = cluster.service_list
    if PagePart.MEMBERS in chosen:
        facts["members"] = {"number": cluster.member_count, "kinds": cluster.member_kinds}
    if PagePart.TRACK_RECORD in chosen:
        facts["track_record"] = list(cluster.track_record.values("year", "text"))
    if PagePart.GROWTH in chosen:
        facts["growth"] = [_figures(figures) for figures in cluster.growth.all()]
    if PagePart.WEBSITE in chosen:
        facts["website"] = cluster.website
    return facts


def searchable(cluster: Cluster) -> dict[str, Any]:
    """What the directory shows and searches, whatever parts are chosen."""
    return {
        "name": cluster.name,
        "aliases": cluster.aliases,
        "sector": cluster.sector,
        "nace_codes": cluster.nace_codes,
    }


def _figures(figures: GrowthFigures) -> dict[str, Any]:
    """One year, money as text, since JSON has no decimals."""
    values = {name: getattr(figures, name) for name in GrowthFigures.MEASURES}
    return {
        "year": figures.year,
        **{name: str(value) if value is not None else None for name, value in values.items()},
    }


def told(page: PublicPage) -> dict[str, Any]:
    """What a page needs besides its own values: the growth as charts and as a table."""
    years = page.facts.get("growth", [])
    return {
        "charts": charts(years),
        "headings": headings(),
        "years": table_of(years),
    }
