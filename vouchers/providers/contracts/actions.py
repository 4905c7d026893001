"""Concluding a contract with the provider that was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged
from documents.wording import day, figures
from files.actions.inspection import inspect_upload
from notices.actions import notify_each
from vouchers.applications.queries import officers_told_of
from vouchers.awards.actions import require_countersigned
from vouchers.awards.models import Voucher
from vouchers.providers.quotes.actions.lines import OfferedLine, counted_line
from vouchers.providers.quotes.letters import told_of
from vouchers.providers.quotes.models import QuoteChoice
from vouchers.providers.quotes.queries.comparing import rate_of
from vouchers.providers.quotes.rules.amounts import sum_in_euro

from .models import Contract, ContractLine
from .permissions import may_enter_contract
from .queries import confirmed_choice_of, contract_of


@action(gettext_lazy("Contract concluded"))
def conclude_contract(
    voucher: Voucher,
    *,
    number: str,
    signed_on: date,
    starts_on: date,
    ends_on: date,
    signed_for_provider: str,
    signed_for_client: str,
    lines: Sequence[OfferedLine],
    upload: UploadedFile,
    by: User,
) -> Contract:
    """Enter the signed contract with the chosen provider; it costs the sum of its lines.

    They are in the currency of the quote, and come to EUR at the rate by which it was chosen.

    Raises OutOfOrder before a coordinator has counter-signed the agreement, before a choice is
    confirmed and where a contract stands, Refused for more than
    the quote or the voucher, for days outside the voucher, and for a file that cannot be taken.
    """
    voucher = judged(voucher, may_enter_contract, by=by, states=[Voucher.State.ACTIVE])
    require_countersigned(voucher)
    choice = confirmed_choice_of(voucher)
    if choice is None:
        raise OutOfOrder(_("A contract follows a quote that is chosen and confirmed."))
    if contract_of(voucher) is not None:
        raise OutOfOrder(_("The contract of this voucher is entered already."))
    currency = choice.quote.currency
    written = [_line(position, line, currency) for position, line in enumerate(lines, start=1)]
    total = sum((line.amount for line in written), Decimal("0.00"))
    rate = rate_of(choice)
    _require_within(total, choice)
    counted = sum_in_euro((line.amount for line in written), rate.units_per_euro if rate else None)
    # More lines than the quote had may come to a cent more, each rounded, and cost no more than it.
    amount = min(counted, choice.amount)
    if amount > voucher.amount:
        raise Refused(_("This contract costs more than the voucher is worth."))
    _require_days(voucher, signed_on, starts_on, ends_on)
    call = voucher.award.application.call
    inspected = inspect_upload(upload, max_size=call.max_file_size, field="upload")
    contract = Contract(
        voucher=voucher,
        choice=choice,
        provider=choice.quote.invitation.provider,
        use=call.purchase_rules.use,
        number=number,
        signed_on=signed_on,
        starts_on=starts_on,
        ends_on=ends_on,
        currency=currency,
        total=total,
        amount=amount,
        signed_for_provider=signed_for_provider,
        signed_for_client=signed_for_client,
        file=upload,
        entered_by=by,
        **vars(inspected),
    )
    contract.full_clean(validate_constraints=False)
    with constraints_of(Contract):
        contract.save()
    for line in written:
        line.contract = contract
        with constraints_of(ContractLine):
            line.save()
    application = voucher.award.application
    people = [*writers_for(application.cluster), *officers_told_of(application)]
    facts = {**told_of(choice.terms), "provider": contract.provider.name, "number": number}
    notify_each(people, "contract-concluded", but=by, facts=facts, about=voucher)
    return contract


def _line(position: int, line: OfferedLine, currency: str) -> ContractLine:
    counted = counted_line(line, currency)
    return ContractLine(position=position, kind=line.kind, text=line.text, **vars(counted))


def _require_within(total: Decimal, choice: QuoteChoice) -> None:
    if not total:
        raise Refused(_("The contract has no line: say what it costs."))
    currency, quoted = choice.quote.currency, choice.quote.total
    if total > quoted:
        raise Refused(
            _(
                "The lines add up to %(total)s %(currency)s; the chosen quote was "
                "%(quoted)s %(currency)s."
            )
            % {
                "total": figures(total),
                "quoted": figures(quoted),
                "currency": currency,
            }
        )


def _require_days(voucher: Voucher, signed_on: date, starts_on: date, ends_on: date) -> None:
    if not signed_on <= starts_on <= ends_on:
        raise Refused(
            _("A contract is signed, then it starts, then it ends: look at the days."),
            field="starts_on",
        )
    if starts_on < voucher.valid_from or ends_on > voucher.valid_until:
        raise Refused(
            _("The contract must lie within the voucher: from %(start)s to %(end)s.")
            % {"start": day(voucher.valid_from), "end": day(voucher.valid_until)},
            field="starts_on" if starts_on < voucher.valid_from else "ends_on",
        )
