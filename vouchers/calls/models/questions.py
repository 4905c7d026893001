"""The application form of a call: its sections and questions."""

from __future__ import annotations

import pghistory
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from .calls import Call
from .criteria import Criterion
from .freezing import frozen_once_open


@pghistory.track()
class Section(models.Model):
    """One page of the application form."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField(_("position"))
    title = I18nCharField(_("title"))
    help_text = I18nTextField(_("introduction"), blank=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "position"],
                name="one_section_per_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return str(self.title)


@pghistory.track()
class Question(models.Model):
    """One question of the application form, tied to the criterion that it feeds."""

    class Kind(models.TextChoices):
        SHORT_TEXT = "short_text", _("short text")
        LONG_TEXT = "long_text", _("long text")
        NUMBER = "number", _("number")
        MONEY = "money", _("amount in EUR")
        DATE = "date", _("date")
        CHOICE = "choice", _("one of several")
        CHOICES = "choices", _("some of several")
        FILE = "file", _("files")
        MILESTONES = "milestones", _("table of milestones")
        BUDGET = "budget", _("table of budget lines")

    TEXTS = (Kind.SHORT_TEXT, Kind.LONG_TEXT)
    NUMBERS = (Kind.NUMBER, Kind.MONEY)
    CHOOSING = (Kind.CHOICE, Kind.CHOICES)
    TABLES = (Kind.MILESTONES, Kind.BUDGET)

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="questions")
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="questions", verbose_name=_("section")
    )
    criterion = models.ForeignKey(
        Criterion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("criterion"),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    # The same from call to call, so that answers can be copied from an earlier application.
    key = models.SlugField(_("key"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.LONG_TEXT)
    text = I18nCharField(_("question"))
    help_text = I18nTextField(_("help"), blank=True)
    required = models.BooleanField(_("required"), default=True)
    max_words = models.PositiveSmallIntegerField(_("most words"), null=True, blank=True)
    min_value = models.DecimalField(
        _("least"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    max_value = models.DecimalField(
        _("most"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    # The value of an option is the number of its line, which is the same in every language.
    options = I18nTextField(
        _("options"), blank=True, help_text=_("One option on each line, the same in each language.")
    )
    max_files = models.PositiveSmallIntegerField(
        _("most files"), default=3, validators=[MinValueValidator(1)]
    )
    depends_on = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dependents",
        verbose_name=_("shown when this earlier question"),
    )
    depends_value = models.CharField(
        _("is answered with option"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[1-9][0-9]*$")],
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["section__position", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "position"],
                name="one_question_per_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["call", "key"],
                name="one_question_per_key",
                violation_error_message=_("Another question of this call has this key."),
            ),
            models.CheckConstraint(
                condition=Q(depends_on=None, depends_value="")
                | (Q(depends_on__isnull=False) & ~Q(depends_value="")),
                name="a_condition_names_question_and_option",
                violation_error_message=_("A condition needs a question and one of its options."),
            ),
            models.CheckConstraint(
                condition=Q(min_value=None) | Q(max_value=None) | Q(min_value__lte=F("max_value")),
                name="least_is_below_most",
                violation_error_message=_("The least must not be above the most."),
            ),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return str(self.text)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Value and label of each option, in the active language."""
        lines = [line.strip() for line in str(self.options).splitlines()]
        return [(str(number), line) for number, line in enumerate(filter(None, lines), start=1)]
