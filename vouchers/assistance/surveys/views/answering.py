"""The page of a survey, for who has its link: it saves itself, is sent, and corrected until it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from conduct.actions import Refused
from conduct.views import refused_status
from inputs.rules.numbers import sent_number
from links.views import LinkPage
from vouchers.assistance.surveys import actions, queries
from vouchers.assistance.surveys.forms.answering import form_of, typed_fields
from vouchers.assistance.surveys.models import SurveyDraft, SurveyLink
from vouchers.assistance.surveys.panels import shown_survey
from vouchers.assistance.surveys.rules.asking import SurveyProblem
from vouchers.assistance.surveys.rules.reading import read_survey

_DIGITS = 9
# What is not there yet is no mistake while somebody types.
_NOT_YET = frozenset({"missing", "no_value"})


class SurveyPage(LinkPage[SurveyLink]):
    """What is asked, as far as it is filled in. A script asks for nothing but what came of saving."""

    model = SurveyLink

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)
        if "HX-Request" in request.headers and not hasattr(self, "link"):
            # Asking for a code belongs on a page of its own, which the next button leads to.
            answer["HX-Reswap"] = "none"
        return answer

    def get(self, request: HttpRequest) -> HttpResponse:
        draft = queries.draft_of(self.link.survey)
        return self._page(request, queries.typed_of(draft), draft)

    def post(self, request: HttpRequest) -> HttpResponse:
        survey = self.link.survey
        sheet = queries.sheet_of(survey)
        typed = typed_fields(request.POST, sheet)
        seen = sent_number(request.POST.get("seen", ""), _DIGITS)
        sends = "send" in request.POST
        try:
            saved = actions.save_survey(survey, typed, seen=seen, by=self.link)
            if isinstance(saved, actions.OvertakenSurvey):
                return self._overtaken(request, typed, saved.theirs)
            _content, problems = read_survey(typed, sheet)
            if "HX-Request" in request.headers:
                return self._told(request, saved)
            if not sends or problems:
                shown = problems if sends else _mistakes(problems)
                if not sends:
                    messages.success(
                        request, _("Saved. Nobody has it yet: send it once it is done.")
                    )
                return self._page(request, typed, saved, shown, status=422 if sends else 200)
            actions.send_survey(survey, seen=saved.seen_as, by=self.link)
        except Refused as refusal:
            status = refused_status(refusal)
            if "HX-Request" in request.headers:
                return render(
                    request, "surveys/_saved.html", {"refused": str(refusal), "seen": seen}
                )
            return self._page(request, typed, None, refused=str(refusal), seen=seen, status=status)
        messages.success(
            request, _("Thank you: it is sent. You can correct it until the survey ends.")
        )
        return redirect(request.path)

    def _overtaken(
        self, request: HttpRequest, typed: Mapping[str, str], theirs: SurveyDraft
    ) -> HttpResponse:
        """What another browser saved, beside what is typed here: saving once more replaces it."""
        if "HX-Request" in request.headers:
            # The number stays: without reading what is there now, nothing is replaced.
            seen = sent_number(request.POST.get("seen", ""), _DIGITS)
            context = {"overtaken": True, "seen": seen, "draft": theirs}
            return render(request, "surveys/_saved.html", context)
        sheet = queries.sheet_of(self.link.survey)
        differs = [
            name for name in sheet.fields if theirs.typed.get(name, "") != typed.get(name, "")
        ]
        return self._page(
            request, typed, theirs, theirs=theirs, differs=differs, seen=theirs.seen_as, status=409
        )

    def _told(self, request: HttpRequest, saved: SurveyDraft) -> HttpResponse:
        return render(request, "surveys/_saved.html", {"draft": saved, "seen": saved.seen_as})

    def _page(
        self,
        request: HttpRequest,
        typed: Mapping[str, str],
        draft: SurveyDraft | None,
        problems: Sequence[SurveyProblem] = (),
        *,
        theirs: SurveyDraft | None = None,
        differs: Sequence[str] = (),
        seen: int | None = None,
        status: int = 200,
        refused: str = "",
    ) -> HttpResponse:
        survey = self.link.survey
        sheet = queries.sheet_of(survey)
        shown, versions = shown_survey(survey)
        context: dict[str, Any] = {
            "link": self.link,
            "survey": survey,
            "voucher": survey.voucher,
            "form": form_of(sheet, typed, problems),
            "draft": draft,
            "seen": seen if seen is not None else (draft.seen_as if draft else 0),
            "has_problems": bool(problems),
            "refused": refused,
            "overtaken": theirs is not None,
            "theirs": form_of(sheet, theirs.typed) if theirs is not None else None,
            "differs": differs,
            "shown": shown,
            "versions": versions,
        }
        return render(request, "surveys/answer.html", context, status=status)


def _mistakes(problems: Sequence[SurveyProblem]) -> list[SurveyProblem]:
    return [one for one in problems if one.code not in _NOT_YET]
