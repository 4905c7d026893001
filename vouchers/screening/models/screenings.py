"""What a screening of a payee found, and what people decided about each likeness."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import append_only, fixed, never_deleted, refuses, written_once
from conduct.models.states import Flow, States, Tone, follows_its_flow

from .enforced import AS_DECIDED
from .lists import ListedEntity, ListedName, SanctionsList

_SCORE = [MinValueValidator(0), MaxValueValidator(100)]
# The floor of the programme's own settings: what is looked at, and what two people decide.
THRESHOLD_MOST, TWO_PEOPLE_MOST = 92, 97


@pghistory.track()
class Screening(models.Model):
    """One comparison of all names of a payee with one list; the one made next ends it.

    The payee is a provider with its beneficial owners, or a cluster with its legal representative.
    """

    provider = models.ForeignKey(
        "vouchers.Provider",
        on_delete=models.PROTECT,
        null=True,
        related_name="screenings",
        verbose_name=_("provider"),
    )
    cluster = models.ForeignKey(
        "clusters.Cluster",
        on_delete=models.PROTECT,
        null=True,
        related_name="screenings",
        verbose_name=_("cluster"),
    )
    sanctions_list = models.ForeignKey(
        SanctionsList,
        on_delete=models.PROTECT,
        related_name="screenings",
        verbose_name=_("list of sanctions"),
    )
    # Each once, in the order of their code points: those that are borne now are compared with them.
    names = ArrayField(models.TextField(), verbose_name=_("names that were compared"))
    threshold = models.PositiveSmallIntegerField(_("least likeness"), validators=_SCORE)
    two_people_from = models.PositiveSmallIntegerField(
        _("likeness that two people decide on"), validators=_SCORE
    )
    screened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("screened by"),
    )
    screened_at = models.DateTimeField(_("screened"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        ordering = ["-screened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(provider__isnull=False, cluster=None)
                | Q(provider=None, cluster__isnull=False),
                name="a_screening_is_of_one_payee",
            ),
            models.CheckConstraint(
                condition=Q(threshold__lte=THRESHOLD_MOST, two_people_from__lte=TWO_PEOPLE_MOST),
                name="a_screening_looks_close_enough",
            ),
            models.CheckConstraint(
                condition=~Q(names=[]), name="a_screening_compares_at_least_one_name"
            ),
            *(
                models.UniqueConstraint(
                    fields=[payee],
                    condition=Q(ended_at=None),
                    name=f"one_screening_of_a_{payee}_stands",
                    violation_error_message=_("Somebody has just screened this payee."),
                )
                for payee in ("provider", "cluster")
            ),
        ]
        triggers = [
            fixed(
                *("provider", "cluster", "sanctions_list", "names", "threshold"),
                *("two_people_from", "screened_by", "screened_at"),
            ),
            written_once("ended_at"),
            never_deleted(),
            refuses(
                "made_against_the_list_in_force",
                pgtrigger.Insert,
                "NEW.screened_at > clock_timestamp() + interval '1 minute' OR NOT EXISTS (SELECT FROM"
                " vouchers_sanctionslist found WHERE found.id = NEW.sanctions_list_id"
                " AND found.in_force_at IS NOT NULL)",
                "A payee is screened against a list that is in force.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.payee)

    def get_absolute_url(self) -> str:
        return reverse("screening:screening", args=[self.pk])

    @property
    def payee(self) -> models.Model:
        """The provider or the cluster."""
        return self.provider if self.provider_id else self.cluster  # type: ignore[return-value]


@follows_its_flow
@pghistory.track()
class SanctionsHit(models.Model):
    """That a name of a payee is like one of the list: until people have decided, it stops payments."""

    class State(States):
        OPEN = "open", Tone.WAITING, pgettext_lazy("likeness", "to be decided")
        HALF = "half", Tone.WAITING, pgettext_lazy("likeness", "a second person decides")
        CLEARED = "cleared", Tone.GOOD, pgettext_lazy("likeness", "not the same")
        SAME = "same", Tone.BAD, pgettext_lazy("likeness", "the same")

    class By(models.TextChoices):
        LETTERS = "letters", pgettext_lazy("likeness", "by its letters")
        SOUND = "sound", pgettext_lazy("likeness", "by its sound")

    FLOW = Flow(
        {
            State.OPEN: [State.HALF, State.CLEARED, State.SAME],
            State.HALF: [State.CLEARED, State.SAME],
            # A mistake is found out by two people.
            State.SAME: [State.HALF],
        }
    )
    LOCKED_AFTER = ("screening",)

    state = models.CharField(
        _("state"), max_length=7, choices=State.choices, default=State.OPEN, editable=False
    )
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="hits")
    # The name of the payee, an owner or a representative that was compared.
    name = models.TextField(_("name"))
    entity = models.ForeignKey(
        ListedEntity,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("entry of a list of sanctions"),
    )
    alias = models.ForeignKey(
        ListedName,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("name on a list of sanctions"),
    )
    score = models.PositiveSmallIntegerField(_("likeness"), validators=_SCORE)
    compared_by = models.CharField(_("compared"), max_length=7, choices=By.choices)
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided before"),
    )

    ENFORCED = {
        "a_likeness_is_decided_by_people": _(
            "A likeness is decided by people with their reasons, a strong one by two of them."
        ),
    }

    class Meta:
        verbose_name = _("likeness")
        verbose_name_plural = _("likenesses")
        ordering = ["-score", "pk"]
        indexes = [
            models.Index(
                fields=["-score"],
                condition=Q(state__in=["open", "half"]),
                name="likenesses_to_decide",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["screening", "name", "entity"], name="one_likeness_of_a_name_and_an_entry"
            ),
            models.CheckConstraint(
                condition=Q(score__lte=100), name="a_likeness_is_at_most_a_hundred"
            ),
        ]
        triggers = [
            fixed("screening", "name", "entity", "alias", "score", "compared_by", "carried_from"),
            never_deleted(),
            pgtrigger.Trigger(
                name="decided_by_people",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=AS_DECIDED,
                declare=[("apart", "int"), ("alike", "int"), ("wanted", "int")],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ≈ {self.alias.name}"

    def get_absolute_url(self) -> str:
        return reverse("screening:hit", args=[self.pk])

    @property
    def is_decided(self) -> bool:
        return self.state in (self.State.CLEARED, self.State.SAME)


@pghistory.track()
class HitDecision(models.Model):
    """The word of one person about a likeness, with its reason; never changed."""

    class Verdict(models.TextChoices):
        OTHER = "other", pgettext_lazy("likeness", "not the same")
        SAME = "same", pgettext_lazy("likeness", "the same")

    hit = models.ForeignKey(SanctionsHit, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(_("decision"), max_length=5, choices=Verdict.choices)
    reason = models.TextField(_("reason"), max_length=2000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        verbose_name = _("decision on a likeness")
        verbose_name_plural = _("decisions on likenesses")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hit", "decided_by", "verdict"],
                name="a_person_says_so_once",
                violation_error_message=_(
                    "You have decided on this likeness; now a second person does."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="a_likeness_is_decided_for_a_reason",
                violation_error_message=_("Say how you know."),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.decided_by} · {self.get_verdict_display()}"
