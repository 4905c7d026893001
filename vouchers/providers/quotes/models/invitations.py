"""Who is asked for a quote."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import OwnersTrigger, fixed, frozen_in, never_deleted, refuses
from conduct.models.one_line import one_line
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.providers.models import Provider

from .terms import TermsOfReference

# With the owner's rights: the count is all that is told of sealed quotes.
COUNT_ANSWERS = """
    UPDATE vouchers_termsofreference t SET answers = (
        SELECT count(*) FROM vouchers_quoteinvitation i
        WHERE i.terms_id = t.id AND i.state = 'invited' AND EXISTS (
            SELECT FROM vouchers_quote q WHERE q.invitation_id = i.id AND q.state = 'sent'
        )
    )
    WHERE t.id = {terms};
    RETURN NULL;
"""


@follows_its_flow
@pghistory.track()
class QuoteInvitation(models.Model):
    """A provider that is asked for a quote, by a personal link."""

    class State(States):
        INVITED = "invited", Tone.WAITING, pgettext_lazy("provider", "asked")
        WITHDRAWN = "withdrawn", Tone.BAD, pgettext_lazy("provider", "asked no more")

    FLOW = Flow({State.INVITED: [State.WITHDRAWN]})
    LOCKED_AFTER = ("terms",)

    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.INVITED, editable=False
    )
    terms = models.ForeignKey(
        TermsOfReference, on_delete=models.PROTECT, related_name="invitations"
    )
    provider = models.ForeignKey(
        Provider,
        on_delete=models.PROTECT,
        related_name="quote_invitations",
        verbose_name=_("provider"),
    )
    name = models.CharField(_("who answers"), max_length=150, validators=[one_line])
    email = models.EmailField(_("e-mail address"))
    # Of the cluster, where the provider or who answers for it is called like somebody there.
    resembles = models.CharField(
        _("called like somebody of the cluster"), max_length=300, blank=True, editable=False
    )
    # Why a provider that is called like somebody of the cluster is asked all the same.
    why_asked = models.TextField(_("why it is asked all the same"), max_length=2000, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(_("asked"), default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    withdrawn_at = models.DateTimeField(_("asked no more since"), null=True, editable=False)
    withdraw_reason = models.TextField(_("why it is asked no more"), blank=True)

    class Meta:
        verbose_name = _("invitation to quote")
        verbose_name_plural = _("invitations to quote")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "provider"],
                condition=Q(state="invited"),
                name="a_provider_is_asked_once",
                violation_error_message=_("This provider is asked already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state="invited", withdrawn_by=None, withdrawn_at=None, withdraw_reason=""
                )
                | Q(state="withdrawn", withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                & ~Q(withdraw_reason=""),
                name="a_withdrawn_invitation_says_why",
                violation_error_message=_("Say why the provider is asked no more."),
            ),
            models.CheckConstraint(
                condition=Q(resembles="") | ~Q(why_asked=""),
                name="a_provider_near_the_cluster_is_asked_for_a_reason",
                violation_error_message=_(
                    "The provider is called like somebody of the cluster: say why it is asked all "
                    "the same."
                ),
            ),
        ]
        triggers = [
            refuses(
                "only_while_quotes_are_awaited",
                pgtrigger.Insert | pgtrigger.Update,
                "EXISTS (SELECT FROM vouchers_termsofreference t WHERE t.id = NEW.terms_id"
                " AND t.state NOT IN ('draft', 'asking'))",
                "Nobody is asked, or asked no more, once the quotes are opened.",
            ),
            OwnersTrigger(
                name="answers_are_counted",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                func=COUNT_ANSWERS.format(terms="NEW.terms_id"),
            ),
            fixed("terms", "provider", "invited_by", "invited_at", "resembles"),
            frozen_in("withdrawn"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return str(self.provider)
