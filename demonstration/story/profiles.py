"""What the profiles of the demonstration hold besides facts: members, growth, accounts, pages.

Members, growth and logo are made up, for clusters that are made up themselves; of a real one the page
says what `programme.json` says.
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from accounts.models import User
from clusters.actions import (
    approve_page,
    change_account,
    change_logo,
    enter_figures,
    enter_member,
    request_publication,
)
from clusters.models import Cluster, MemberKind, MemberSize, PagePart
from conduct.queries.days import today
from demonstration.cast import Cast
from demonstration.content.accounts import bank_account
from demonstration.content.clusters import MARKS, ClusterFacts

_TRADES = {
    "en": ("Workshop", "Mill", "Studio", "Laboratory", "Cooperative", "Institute"),
    "fr": ("Atelier", "Moulin", "Studio", "Laboratoire", "Coopérative", "Institut"),
    "ar": ("مشغل", "مطحنة", "استوديو", "مختبر", "تعاونية", "معهد"),
}
_KINDS = (
    (MemberKind.SME, MemberSize.SMALL),
    (MemberKind.SME, MemberSize.MICRO),
    (MemberKind.START_UP, MemberSize.MICRO),
    (MemberKind.RESEARCH_CENTRE, MemberSize.NONE),
    (MemberKind.SME, MemberSize.MEDIUM),
    (MemberKind.UNIVERSITY, MemberSize.NONE),
)
_COLOURS = ("#123f8f", "#176b43", "#8a5200", "#7a2048", "#20606b", "#4d3a8c")


def fill_profile(cluster: Cluster, facts: ClusterFacts, cast: Cast, number: int) -> None:
    """What a cluster enters after it registered, and its page published by the partner."""
    manager = cast.manager(facts.name, facts.country, facts.language)
    if facts.made_up:
        _enter_members(cluster, facts, manager)
        _enter_growth(cluster, number, manager)
        change_logo(cluster, drawn_logo(number), by=manager)
    change_account(
        cluster,
        holder=cluster.legal_name,
        bank=f"Bank ({MARKS[facts.language]})",
        account=bank_account(facts.country, 5000 + number),
        bic="",
        currency=cluster.country.currency,
        by=manager,
    )
    cluster.refresh_from_db()
    page = request_publication(cluster, PagePart.values, by=manager)
    approve_page(page, by=cast.officer(facts.country))


def _enter_members(cluster: Cluster, facts: ClusterFacts, manager: User) -> None:
    year = today().year
    for number, (trade, (kind, size)) in enumerate(
        zip(_TRADES[facts.language], _KINDS, strict=True), start=1
    ):
        enter_member(
            cluster,
            name=f"{trade} {number} ({MARKS[facts.language]})",
            kind=kind,
            size=size,
            town=cluster.town,
            joined=year - 7 + number,
            left=year - 1 if number == 2 else None,
            by=manager,
        )


def _enter_growth(cluster: Cluster, number: int, manager: User) -> None:
    year = today().year
    for back in (3, 2, 1):
        grown = 4 - back
        enter_figures(
            cluster,
            year=year - back,
            members=3 + grown + number % 3,
            jobs=180 + 40 * grown + 11 * number,
            turnover=Decimal(900_000 + 150_000 * grown),
            exports=Decimal(120_000 + 60_000 * grown),
            budget=Decimal(40_000 + 6_000 * grown),
            by=manager,
        )


def drawn_logo(number: int) -> SimpleUploadedFile:
    """Three dots in a colour: a sign that is nobody's logo."""
    picture = Image.new("RGB", (320, 160), "white")
    pen = ImageDraw.Draw(picture)
    for place in range(3):
        left = 30 + 90 * place
        pen.ellipse((left, 40, left + 80, 120), fill=_COLOURS[(number + place) % len(_COLOURS)])
    file = BytesIO()
    picture.save(file, "PNG")
    return SimpleUploadedFile("logo.png", file.getvalue(), content_type="image/png")
