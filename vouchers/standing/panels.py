"""Where a voucher stands, as pages show it: what their templates read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.standing.models import LightOverride, Standing
from vouchers.standing.permissions import may_set_light
from vouchers.standing.queries import light_by_hand
from vouchers.standing.wording import by_hand_in_words, reasons_in_words, whose_turn


@dataclass(frozen=True)
class StandingPanel:
    """A standing in words, and the light that was set by hand where it is the one that is shown."""

    standing: Standing
    by_hand: LightOverride | None = None

    @property
    def turn(self) -> str:
        """Whose turn it is, where no reason says it already."""
        told = {reason["task"] for reason in self.standing.reasons if reason["task"]}
        return "" if self.standing.task in told else whose_turn(self.standing)

    @property
    def reasons(self) -> list[str]:
        return reasons_in_words(self.standing)

    @property
    def until(self) -> str:
        return by_hand_in_words(self.by_hand.until) if self.by_hand else ""


def standing_panel(voucher: Voucher, standing: Standing, user: User) -> dict[str, Any]:
    """Where the voucher stands, and whether the person may set its light."""
    is_open = voucher.state == Voucher.State.ACTIVE
    return {
        "standing": StandingPanel(standing, light_by_hand(standing)),
        "may_set_light": is_open and may_set_light.test(user, voucher),
    }
