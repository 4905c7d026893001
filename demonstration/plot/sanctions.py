"""The list of sanctions: a made-up one in force, everybody screened, a likeness decided by two people."""

from __future__ import annotations

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from conduct.queries.days import today
from demonstration.cast import Cast
from demonstration.clock import noon, on
from demonstration.content.sanctions import sanctions_xml
from vouchers.providers.actions.facts import describe_provider
from vouchers.providers.models import Provider
from vouchers.screening.actions.deciding import decide_hit
from vouchers.screening.actions.reading import LISTS
from vouchers.screening.actions.screening import screen_due
from vouchers.screening.actions.uploading import put_in_force, upload_list
from vouchers.screening.models import HitDecision, SanctionsHit

# Called like the first of the made-up list.
_OWNER = "Farid Mudarriss"
_REASONS = (
    "His passport of 2024 says born in Tripoli in 1983; the list says 1961.",
    "The register of commerce shows another place and year of birth.",
)


def screen_everybody(cast: Cast, providers: dict[str, list[Provider]]) -> None:
    """Put a list in force, screen whoever is paid, and tell one owner apart from an entry of it."""
    with on(noon(-1)):
        provider = providers["LB"][-1]
        describe_provider(provider, by=cast.officer("LB"), owners=[(_OWNER, Decimal(60))])
        file = SimpleUploadedFile("made-up-list.xml", sanctions_xml(today()), "text/xml")
        uploaded = upload_list(file, by=cast.finance[0])
        LISTS.conduct(uploaded.pk)
        put_in_force(uploaded, by=cast.finance[0])
        screen_due()
        for hit in SanctionsHit.objects.filter(screening__provider=provider):
            for person, reason in zip(
                (cast.finance[1], cast.coordinators[0]), _REASONS, strict=True
            ):
                if decide_hit(
                    hit, verdict=HitDecision.Verdict.OTHER, reason=reason, by=person
                ).is_decided:
                    break
