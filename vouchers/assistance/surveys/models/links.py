"""The personal links by which a survey is answered: each goes with one of its mails."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.models import Representative
from conduct.models.guards import fixed, refuses
from links.models import UNTRACKED, PersonalLink
from vouchers.assistance.surveys.rules.days import BEFORE_THE_END, FIRST, LAST_DAY

from .enforced import OF_ANOTHER_CLUSTER, after_the_end
from .surveys import Survey


class SurveyMail(models.TextChoices):
    """With which mail the link goes; each but the last kind once for a survey."""

    FIRST = FIRST, pgettext_lazy("a link by e-mail", "asked")
    BEFORE_THE_END = BEFORE_THE_END, _("reminded a week before the end")
    LAST_DAY = LAST_DAY, _("reminded on the last day")
    ANEW = "anew", _("sent anew")


@pghistory.track(exclude=UNTRACKED)
class SurveyLink(PersonalLink):
    """The link of one survey for one representative; it works until the survey ends.

    Nobody keeps the secret of a link, so that each reminder brings another one.
    """

    SUBJECT = ("survey",)
    PAGE = "surveys:answer"
    MAIL = "surveys/mails/link"

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="links")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("representative"),
    )
    mail = models.CharField(_("mail"), max_length=8, choices=SurveyMail.choices)

    # Locked first, and in this order (see conduct.actions.locked).
    LOCKED_AFTER = ("survey",)

    class Meta(PersonalLink.Meta):
        abstract = False
        verbose_name = _("personal link for a survey")
        verbose_name_plural = _("personal links for surveys")
        constraints = [
            *PersonalLink.Meta.constraints,
            models.UniqueConstraint(
                fields=["survey"],
                condition=Q(withdrawn_at=None, replaced_at=None),
                name="one_link_stands_for_a_survey",
                violation_error_message=_("Somebody has just sent a link for this survey."),
            ),
            models.UniqueConstraint(
                fields=["survey", "mail"],
                condition=~Q(mail="anew"),
                name="each_mail_of_a_survey_goes_once",
                violation_error_message=_("This mail has gone already."),
            ),
        ]
        triggers = [
            *PersonalLink.Meta.triggers,
            fixed("survey", "person", "mail", name="fixed_subject"),
            refuses(
                "not_after_the_end",
                pgtrigger.Insert | pgtrigger.Update,
                after_the_end("NEW.expires_at"),
                "A link for a survey ends with it.",
            ),
            refuses(
                "to_a_representative",
                pgtrigger.Insert,
                OF_ANOTHER_CLUSTER,
                "A survey goes to a representative of the voucher’s cluster.",
            ),
        ]

    def mail_facts(self) -> dict[str, Any]:
        return {"survey": self.survey, "voucher": self.survey.voucher}

    @property
    def is_still_theirs(self) -> bool:
        """Whether its person still acts for the cluster that is asked."""
        cluster = self.survey.voucher.award.application.cluster_id
        acting = Representative.objects.filter(cluster=cluster, user=self.person_id)
        return acting.filter(user__is_active=True).exists()
