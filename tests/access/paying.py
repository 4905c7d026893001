"""A batch for the pages of payments, though the world's claim is not approved yet."""

import pgtrigger

from conduct.models.owning import as_owner
from demonstration.story.paying import paying_profile
from tests.making import today_there
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.models import Claim, PaymentOrder

_AS_APPROVED = "vouchers.PaymentOrder:ordered_as_approved"


def proposed_behind_the_back(told):
    """A proposed batch of the only claim, which stays as it is for its own pages."""
    claim, account = Claim.objects.get(), told.provider.accounts.get()
    batch = PaymentBatch.objects.create(
        profile=paying_profile(told.cast),
        reference="PAY-2026-9001",
        group_reference="PAY-2026-9001-1",
        execution_on=today_there(),
        count=1,
        total=claim.amount,
        proposed_by=told.cast.finance[1],
    )
    with as_owner(), pgtrigger.ignore(_AS_APPROVED):
        PaymentOrder.objects.create(
            claim=claim,
            batch=batch,
            reference="PAY-2026-9001-P1",
            instruction="PAY-2026-9001-00001",
            payee=account.holder,
            payee_town="Beirut",
            payee_country="LB",
            account=account,
            bank_account=account.account,
            bic=account.bic,
            amount=claim.amount,
            text="SUV",
        )
    return batch
