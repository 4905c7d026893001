"""What is still missing in the draft of a call, step by step, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from i18nfield.strings import LazyI18nString

from conduct.queries.days import day_of
from documents.wording import number
from vouchers.calls.models import Call, Criterion, EligibilityRule, Question, QuoteGround

FULL_WEIGHT = Decimal(100)


@dataclass(frozen=True)
class BuildingStep:
    """One step of building a call: the name of its page, its label and what is missing there."""

    name: str
    label: str | Promise
    problems: list[str]

    @property
    def is_done(self) -> bool:
        return not self.problems


def steps(call: Call) -> list[BuildingStep]:
    """Every step of building the call with what is missing; constant queries (see with_steps)."""
    return [BuildingStep(name, label, missing(call)) for name, label, missing in _STEPS]


def problems_before_opening(call: Call) -> list[str]:
    """What still prevents a draft from opening, in sentences."""
    return [problem for step in steps(call) for problem in step.problems]


def total_weight(weighed: Iterable[Criterion | QuoteGround]) -> Decimal:
    """The sum of the weights of a call's criteria, or grounds of choice; 100 before it may open."""
    return sum((one.weight for one in weighed), Decimal(0))


def missing_languages(text: LazyI18nString | str) -> list[str]:
    """The names of the languages in which a text is not written."""
    data = text.data if isinstance(text, LazyI18nString) else text
    if not isinstance(data, dict):
        data = {settings.LANGUAGES[0][0]: data}
    return [name for code, name in settings.LANGUAGES if not str(data.get(code) or "").strip()]


def option_lines(options: LazyI18nString | str) -> dict[str, list[str]]:
    """The options of a question by language: its lines, empty ones left out."""
    data = options.data if isinstance(options, LazyI18nString) else options
    if not isinstance(data, dict):
        data = {settings.LANGUAGES[0][0]: data}
    return {
        code: [line.strip() for line in str(text or "").splitlines() if line.strip()]
        for code, text in data.items()
    }


def options_differ(options: LazyI18nString | str) -> bool:
    """Whether the languages in which options are written have different numbers of them."""
    counts = {len(lines) for lines in option_lines(options).values() if lines}
    return len(counts) > 1


def whole_scores(low: Decimal, high: Decimal) -> list[int]:
    """The whole scores of a scale, from the lowest to the highest."""
    return list(range(ceil(low), floor(high) + 1))


def problem_of_anchors(anchors: LazyI18nString | str, low: Decimal, high: Decimal) -> str:
    """A sentence where a language says what more, or fewer, scores mean than the scale has."""
    wanted = whole_scores(low, high)
    if all(len(lines) in (0, len(wanted)) for lines in option_lines(anchors).values()):
        return ""
    return _(
        "Say what each whole score from %(low)s to %(high)s means, in %(number)s lines a language."
    ) % {"low": ceil(low), "high": floor(high), "number": len(wanted)}


def label_of(name: str) -> str | Promise:
    """What pages call a field of a call."""
    return Call._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _untranslated(what: str, *texts: LazyI18nString | str, optional: bool = False) -> list[str]:
    """A sentence where a text lacks a language; an optional text may be empty in all of them."""
    languages = {
        name
        for text in texts
        for names in [missing_languages(text)]
        if not (optional and len(names) == len(settings.LANGUAGES))
        for name in names
    }
    if not languages:
        return []
    ordered = [name for _code, name in settings.LANGUAGES if name in languages]
    return [
        _("“%(text)s” is not written yet in: %(languages)s.")
        % {"text": what, "languages": ", ".join(ordered)}
    ]


def _texts(call: Call) -> list[str]:
    return [
        *_untranslated(str(label_of("name")), call.name),
        *_untranslated(str(label_of("purpose")), call.purpose),
    ]


def _timetable(call: Call) -> list[str]:
    problems = []
    if call.is_past_deadline:
        problems.append(_("The deadline has passed already."))
    if call.decision_due < day_of(call.deadline):
        problems.append(_("The decision is expected before the deadline."))
    return problems


def _money(call: Call) -> list[str]:
    problems = []
    if call.vouchers_offered * call.voucher_amount > call.budget:
        problems.append(_("The budget does not cover the vouchers of all countries."))
    if call.voucher_amount > call.third_party_ceiling:
        problems.append(_("A voucher is worth more than one legal entity may receive."))
    return problems


def _countries(call: Call) -> list[str]:
    return [] if call.vouchers_offered else [_("No country has a voucher.")]


def _rules(call: Call) -> list[str]:
    rules = list(call.eligibility_rules.all())
    if not rules:
        return [_("No rule says who is eligible.")]
    return [problem for rule in rules for problem in _untranslated(str(rule), rule.text)]


def _criteria(call: Call) -> list[str]:
    criteria = list(call.criteria.all())
    problems = [
        problem
        for criterion in criteria
        for problem in (
            *_untranslated(str(criterion), criterion.name),
            *_untranslated(
                _("Guidance for “%(criterion)s”") % {"criterion": criterion},
                criterion.guidance,
                optional=True,
            ),
            *_anchors(call, criterion),
        )
    ]
    weight = total_weight(criteria)
    if weight != FULL_WEIGHT:
        problems.append(
            _("The weights of the criteria add up to %(sum)s, not to 100.")
            % {"sum": number(weight)}
        )
    return problems


def _anchors(call: Call, criterion: Criterion) -> list[str]:
    named = {"criterion": criterion}
    untranslated = _untranslated(
        _("What the scores of “%(criterion)s” mean") % named, criterion.anchors, optional=True
    )
    problem = problem_of_anchors(criterion.anchors, call.score_min, call.score_max)
    return [*untranslated, *([f"{criterion}: {problem}"] if problem else [])]


def _declaration(call: Call) -> list[str]:
    clauses = list(call.declaration_clauses.all())
    wanted = any(
        rule.kind == EligibilityRule.Kind.DECLARATION for rule in call.eligibility_rules.all()
    )
    if not clauses and wanted:
        return [_("A rule asks for the declaration on honour, which has no clause.")]
    if not clauses:
        return [_("The declaration on honour has no clause.")]
    return [problem for clause in clauses for problem in _untranslated(str(clause), clause.text)]


def _themes(call: Call) -> list[str]:
    themes = list(call.need_themes.all())
    if not themes:
        return [_("No theme says what the needs assessment is about.")]
    return [problem for theme in themes for problem in _untranslated(str(theme), theme.name)]


def _form(call: Call) -> list[str]:
    sections = list(call.sections.all())
    problems = []
    if not any(section.questions.all() for section in sections):
        problems.append(_("The application form has no question."))
    for section in sections:
        problems += _untranslated(str(section), section.title)
        problems += _untranslated(str(section), section.help_text, optional=True)
        if not section.questions.all():
            problems.append(
                _("The section “%(section)s” has no question.") % {"section": section.title}
            )
        for question in section.questions.all():
            problems += _question(question)
    return problems


def _question(question: Question) -> list[str]:
    choosing = question.kind in Question.CHOOSING
    problems = _untranslated(
        str(question), question.text, *([question.options] if choosing else [])
    ) or _untranslated(str(question), question.help_text, optional=True)
    if choosing and options_differ(question.options):
        problems.append(
            _("The languages of “%(question)s” have different numbers of options.")
            % {"question": question}
        )
    return problems


def _plans(call: Call) -> list[str]:
    return [
        problem
        for indicator in call.indicators.all()
        for problem in (
            *_untranslated(indicator.code, indicator.name),
            *_untranslated(
                _("Unit of “%(indicator)s”") % {"indicator": indicator.code},
                indicator.unit,
                optional=True,
            ),
        )
    ]


def _purchases(call: Call) -> list[str]:
    grounds = list(call.quote_grounds.all())
    problems = [
        problem for ground in grounds for problem in _untranslated(str(ground), ground.name)
    ]
    weight = total_weight(grounds)
    if weight != FULL_WEIGHT:
        problems.append(
            _("The weights of the grounds of choice add up to %(sum)s, not to 100.")
            % {"sum": number(weight)}
        )
    return problems


_STEPS: list[tuple[str, str | Promise, Callable[[Call], list[str]]]] = [
    ("edit", gettext_lazy("Texts"), _texts),
    ("timetable", gettext_lazy("Timetable"), _timetable),
    ("money", gettext_lazy("Money"), _money),
    ("quotas", gettext_lazy("Countries"), _countries),
    ("rules", gettext_lazy("Who is eligible"), _rules),
    ("criteria", gettext_lazy("Criteria"), _criteria),
    ("declaration", gettext_lazy("Declaration on honour"), _declaration),
    ("themes", gettext_lazy("Themes of needs"), _themes),
    ("plans", gettext_lazy("Plans of assistance"), _plans),
    ("purchases", gettext_lazy("Quotes and contracts"), _purchases),
    ("form", pgettext_lazy("the questions of a call", "Application form"), _form),
]
