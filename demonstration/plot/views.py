"""Views of lists that the coordination keeps, and hands to those who work with them."""

from __future__ import annotations

from accounts.models import Role
from demonstration.cast import Cast
from saved_views.actions import save_view
from saved_views.permissions import ALL_OFFICERS, Audience

_VOUCHERS, _CLAIMS = "dashboards:vouchers", "payments:claim_list"


def keep_views(cast: Cast) -> None:
    """Vouchers that are late for everybody at the partners, claims to approve for coordinators."""
    first, second = cast.coordinators[:2]
    save_view(
        _VOUCHERS, "light=red&sort=oldest", "Late, oldest first", by=first, audience=ALL_OFFICERS
    )
    save_view(_VOUCHERS, "turn=coordinator", "Waits for us", by=first)
    save_view(
        _CLAIMS, "state=verified", "To approve", by=second, audience=Audience(Role.COORDINATOR)
    )
