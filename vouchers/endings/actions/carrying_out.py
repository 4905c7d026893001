"""What happens on the day on which a voucher ends, and once nothing of it can be claimed any more."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action, constraints_of, locked, move
from conduct.queries.days import today
from jobs.actions.trouble import for_each
from vouchers.awards.models import Voucher
from vouchers.awards.queries import is_vacant
from vouchers.books.actions import release
from vouchers.endings.letters import ENDING_LETTER, ending_facts
from vouchers.endings.models import Ending
from vouchers.endings.queries import endings_to_carry_out, to_release, vouchers_to_settle

from .suspending import end_suspension
from .telling import everybody, letter, tell, the_coordinators
from .winding_up import close_what_waits


@action(gettext_lazy("Voucher ended"))
def carry_out_ending(ending: Ending, *, by: User | None) -> bool:
    """End a voucher whose day has come in its country; whether this call did.

    What is neither approved, claimed nor accepted is released: the budget of the call has it again,
    and the reserve list the place, where the call says so and nothing of the voucher was used.
    """
    ending = locked(ending)
    voucher = ending.voucher
    if ending.state != Ending.State.NOTICE or today(voucher.country.zone) < ending.ends_on:
        return False
    finish(ending, by=by)
    return True


def finish(ending: Ending, *, by: User | None) -> None:
    """Carry a locked ending out, as a part of an action."""
    voucher = ending.voucher
    released = to_release(voucher)
    move(ending, Ending.State.DONE)
    ending.done_at = timezone.now()
    with constraints_of(Ending):
        ending.save()
    if voucher.state == Voucher.State.SUSPENDED:
        end_suspension(voucher, by=None)
    move(voucher, Voucher.State.TERMINATED)
    voucher.ended_on, voucher.claims_until = ending.ends_on, ending.claims_until
    more = released - voucher.released
    voucher.released = released
    with constraints_of(Voucher):
        voucher.save()
    release(voucher, more, by=by)
    papers = letter(ENDING_LETTER, ending, lambda: ending_facts(ending), by=by)
    tell(
        everybody(voucher),
        "voucher-ended",
        voucher,
        documents=papers,
        ends_on=ending.ends_on.isoformat(),
        claims_until=ending.claims_until.isoformat() if ending.claims_until else "",
        released=str(released),
    )
    close_what_waits(voucher)
    _tell_of_free_place(voucher)


@action(gettext_lazy("Rest of the voucher released"))
def settle_voucher(voucher: Voucher, *, by: User | None) -> bool:
    """Release what was not claimed until the last day for it; whether this call did.

    What is claimed in time and not decided on yet is kept until it is.
    """
    voucher = locked(voucher)
    last = voucher.claims_until
    if voucher.state != Voucher.State.TERMINATED or last is None:
        return False
    released = to_release(voucher, but_payable=False)
    if today(voucher.country.zone) <= last or released == voucher.released:
        return False
    more = released - voucher.released
    voucher.released = released
    with constraints_of(Voucher):
        voucher.save()
    release(voucher, more, by=by)
    _tell_of_free_place(voucher)
    return True


def carry_out_endings() -> int:
    """End every voucher whose day has come; how many. One error stops no other."""
    return for_each(
        "endings", endings_to_carry_out(), lambda ending: carry_out_ending(ending, by=None)
    )


def settle_vouchers() -> int:
    """Release what was not claimed in time; of how many vouchers. One error stops no other."""
    return for_each(
        "settlements", vouchers_to_settle(), lambda voucher: settle_voucher(voucher, by=None)
    )


def _tell_of_free_place(voucher: Voucher) -> None:
    """That the reserve list can be offered it: people decide, never the machine."""
    if is_vacant(voucher.award):
        tell(
            the_coordinators(voucher),
            "voucher-place-free",
            voucher,
            about=voucher.award.decision.selection_round,
            key=f"voucher-place-free-{voucher.pk}",
        )
