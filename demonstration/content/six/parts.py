"""What is told of one voucher of the finished round: its parts, as its people would write them.

The use of the voucher is that of `programme.json`. Days, sums, people, providers and figures are made
up; the texts that everybody may read say so.
"""

from __future__ import annotations

from dataclasses import dataclass

from demonstration.content.needs import NeedWords


@dataclass(frozen=True)
class MeetingWords:
    """The first meeting: what it was about, what was said, and who came besides the two sides."""

    title: str
    agenda: str
    notes: str
    guest: str


@dataclass(frozen=True)
class ObjectiveWords:
    """An objective, and the themes of the needs that it answers."""

    text: str
    themes: tuple[str, ...]
    activities: tuple[str, ...]


@dataclass(frozen=True)
class PointWords:
    """A point at which a version was returned, and what the next one says of it."""

    where: str
    text: str
    answer: str
    is_done: bool = True


@dataclass(frozen=True)
class SessionWords:
    """A session: hours (quarters), which activity (0 for the first), who came, what was done."""

    hours: str
    activity: int
    participants: int
    notes: str
    place: str = ""


@dataclass(frozen=True)
class StepWords:
    """A milestone with its deliverable: days × EUR a day, and other lines (kind, text, EUR)."""

    title: str
    who: str
    days: str
    rate: str
    rest: tuple[tuple[str, str, str], ...]
    deliverable: str
    summary: str
    sessions: tuple[SessionWords, ...]
    points: tuple[PointWords, ...] = ()
    changes: str = ""
    # Who found the points: "cluster" or "partner".
    returned_by: str = "partner"


@dataclass(frozen=True)
class AimWords:
    """An indicator (`code` of the call's list, or empty): before, wanted, reached, months later."""

    name: str
    unit: str
    baseline: str
    target: str
    reached: str
    later: str
    note: str
    evidence: str
    code: str = ""


@dataclass(frozen=True)
class AmendmentWords:
    """An amendment of the second milestone: other days or rate, other lines, or more time (days)."""

    kind: str
    reason: str
    days: str = ""
    rest: tuple[str, ...] = ()
    more_time: int = 0


@dataclass(frozen=True)
class QuoteWords:
    """What was offered: by whom, for how much a day (EUR), how, and with which experience."""

    provider: str
    person: str
    rate: str
    approach: str
    experience: str
    marks: str


@dataclass(frozen=True)
class PictureWords:
    caption: str
    credit: str
    alternative: str


@dataclass(frozen=True)
class ReportWords:
    """The final report as everybody may read it, and what the cluster keeps to itself and the partner."""

    summary: str
    results: str
    story: str
    lessons: str
    members_reached: int
    women_reached: int
    satisfaction: int
    provider: str
    picture: PictureWords
    consents: tuple[str, ...]
    # Where the partner gave it back: the column, what was asked, and the text before it was mended.
    returned: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class SurveyWords:
    """What the cluster answered six months after the closing; all figures are made up."""

    jobs: str
    turnover: str
    markets: str
    words: str
    counted: str


@dataclass(frozen=True)
class VoucherWords:
    """All that is told of one voucher, in the language of the people who worked with it."""

    language: str
    provider: str
    expert: str
    meeting: MeetingWords
    needs: tuple[NeedWords, ...]
    decisions: str
    remark_on_needs: str
    aim: str
    objectives: tuple[ObjectiveWords, ...]
    steps: tuple[StepWords, StepWords]
    aims: tuple[AimWords, ...]
    amendment: AmendmentWords
    # Whoever writes ("cluster", "partner", "programme"), and what.
    messages: tuple[tuple[str, str], ...]
    report: ReportWords
    survey: SurveyWords
    # A line of the plan (its place) that the partner returned, what it asked, and the days before.
    returned_plan: tuple[str, str, str] | None = None
    offers: tuple[QuoteWords, ...] = ()
    why_chosen: str = ""
    # The mission as the application tells it, where that is not in English.
    mission: str = ""
    # The light that the officer set by hand for a time, with the reason.
    light: str = ""
