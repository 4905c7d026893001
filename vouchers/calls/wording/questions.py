"""What a question of a form asks for, in words: its limits, its options, when it is shown."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.wording import figures
from vouchers.calls.models import Call, Criterion, Question
from vouchers.calls.queries.checklist import whole_scores

Kind = Question.Kind


def limits_of(question: Question, call: Call) -> list[str]:
    """What an answer may hold, in short sentences of the active language; no query."""
    if question.kind in Question.TEXTS:
        return _words(question)
    if question.kind in Question.NUMBERS:
        return _values(question)
    if question.kind == Kind.FILE:
        return [
            ngettext("at most %(count)s file", "at most %(count)s files", question.max_files)
            % {"count": question.max_files},
            _("each at most %(size)s") % {"size": filesizeformat(call.max_file_size)},
        ]
    if question.kind == Kind.BUDGET:
        return [_("adds up to at most %(amount)s EUR") % {"amount": figures(call.voucher_amount)}]
    return []


def anchors_of(criterion: Criterion) -> list[tuple[int, str]]:
    """What each whole score of a criterion means, from the lowest up; empty where nothing is said."""
    call = criterion.call
    lines = [line.strip() for line in str(criterion.anchors).splitlines() if line.strip()]
    return list(zip(whole_scores(call.score_min, call.score_max), lines, strict=False))


def condition_of(question: Question) -> str:
    """When the question is shown, as a sentence; empty for one that always is."""
    earlier = question.depends_on
    if earlier is None:
        return ""
    option = dict(earlier.choices).get(question.depends_value, "")
    return _("Asked only where “%(question)s” is answered “%(option)s”.") % {
        "question": earlier,
        "option": option,
    }


def _words(question: Question) -> list[str]:
    if question.max_words is None:
        return []
    return [
        ngettext("at most %(count)s word", "at most %(count)s words", question.max_words)
        % {"count": question.max_words}
    ]


def _values(question: Question) -> list[str]:
    limits = []
    if question.min_value is not None:
        limits.append(_("at least %(value)s") % {"value": _number(question.min_value)})
    if question.max_value is not None:
        limits.append(_("at most %(value)s") % {"value": _number(question.max_value)})
    return limits


def _number(value: object) -> str:
    text = f"{value:f}"
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return number_format(plain, force_grouping=True)
