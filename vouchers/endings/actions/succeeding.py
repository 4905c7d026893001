"""Another manager acts for the cluster in a voucher."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import managers_of
from conduct.actions import Refused, action, constraints_of, judged, require_words
from conduct.queries.days import today
from vouchers.awards.models import Succession, Voucher
from vouchers.awards.queries import acts_for
from vouchers.endings.letters import SUCCESSION_LETTER, succession_facts
from vouchers.endings.permissions import may_name_representative

from .telling import everybody, letter, tell


@action(gettext_lazy("Representative of the voucher changed"))
def name_representative(voucher: Voucher, *, person: User, reason: str, by: User) -> Succession:
    """Write down that `person`, a manager of the cluster, acts for it in the voucher from today on.

    What waits for the cluster waits for all its managers, so that nobody loses access by it. Raises
    Refused (beside its field) for who is no manager or acts for it already, and without a reason.
    """
    voucher = judged(
        voucher,
        may_name_representative,
        by=by,
        states=[Voucher.State.ACTIVE, Voucher.State.SUSPENDED],
    )
    require_words(reason, _("Say why another person acts for the cluster."), field="reason")
    if not managers_of(voucher.award.application.cluster).filter(pk=person.pk).exists():
        raise Refused(_("Choose one of the managers of the cluster."), field="person")
    before, _since = acts_for(voucher)
    if before == person:
        raise Refused(_("This person acts for the cluster already."), field="person")
    with constraints_of(Succession):
        succession = Succession.objects.create(
            voucher=voucher,
            before=before,
            person=person,
            since=today(voucher.country.zone),
            reason=reason,
            named_by=by,
        )
    papers = letter(SUCCESSION_LETTER, succession, lambda: succession_facts(succession), by=by)
    tell(
        everybody(voucher),
        "voucher-successor",
        voucher,
        but=by,
        documents=papers,
        before=str(before),
        person=str(person),
    )
    return succession
