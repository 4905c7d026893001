"""Writing, sending and amending the plan."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from demonstration.content.plans import plan_rows
from tests.assistance.machine.acting import Acting, names, one_of, people, which, words
from vouchers.assistance.plans import actions
from vouchers.assistance.plans.models import Part, Plan, PlanVersion
from vouchers.assistance.plans.queries import drafted_rows, needs_of, raw_rows

amounts = st.sampled_from(["1000", "2500", "2500", "2500.01", "3000", "0", "-1"])
days = st.sampled_from(["0.25", "1", "3", "5", "5", "8", "0", "0.3", "-2", "1000", "NaN", "x"])


class Planning(Acting):
    """Moves of those who plan."""

    def planned(self, name: str, place: int) -> PlanVersion | None:
        return one_of(PlanVersion.objects.filter(plan__voucher=self.voucher(name)), place)

    def save_plan(self, draft, rows, by):
        seen = {part: drafted.seen_as for part, drafted in drafted_rows(draft).items()}
        self.attempt("save plan", lambda: actions.save_parts(draft, rows, seen=seen, by=by))

    @rule(name=names, who=people, first=amounts, second=amounts, due=st.sampled_from([20, 20, 900]))
    def write_a_plan(self, name, who, first, second, due):
        told, by, voucher = self.world.told[name], self.person(who, name), self.voucher(name)
        draft = self.planned(name, 0)
        if draft is None:
            draft = self.attempt("begin plan", lambda: actions.begin_plan(voucher, by=by))
        if draft is None:
            return
        day = (self.now + timedelta(days=due)).date()
        rows = plan_rows(
            told.facts,
            provider=told.provider.pk,
            shares=[Decimal(first), Decimal(second)],
            due=[day, day],
            needs=[need.key for need in needs_of(voucher)],
        )
        self.save_plan(draft, rows, by)

    @rule(name=names, who=people, reason=words, kind=st.sampled_from(["budget", "extension", "x"]))
    def begin_an_amendment(self, name, who, reason, kind):
        by, plan = self.person(who, name), Plan.objects.filter(voucher=self.voucher(name)).first()
        if plan is not None:
            self.attempt(
                "amend plan", lambda: actions.amend_plan(plan, kind=kind, reason=reason, by=by)
            )

    @rule(
        name=names,
        who=people,
        first=days,
        second=days,
        rate=st.sampled_from(["100", "480", "2000"]),
        drop=st.sampled_from([None, None, None, 0, 1]),
    )
    def change_a_draft(self, name, who, first, second, rate, drop):
        """Other days, another rate; sometimes a milestone is taken out with all that is of it."""
        draft, by = self.planned(name, 0), self.person(who, name)
        if draft is None or draft.state != PlanVersion.State.DRAFT:
            return
        rows = raw_rows(draft)
        milestones = [dict(row) for row in rows.get(Part.MILESTONES, [])]
        lines = [dict(row) for row in rows.get(Part.LINES, [])]
        handed = rows.get(Part.DELIVERABLES, [])
        for milestone, number in zip(milestones, (first, second), strict=False):
            milestone["days"] = number
            for line in lines:
                if line["milestone"] == milestone["key"] and line["kind"] == "days":
                    line["days"], line["rate"] = number, rate
        if drop is not None and drop < len(milestones):
            gone = milestones.pop(drop)["key"]
            lines = [line for line in lines if line["milestone"] != gone]
            handed = [row for row in handed if row["milestone"] != gone]
        changed = {Part.MILESTONES: milestones, Part.LINES: lines, Part.DELIVERABLES: handed}
        self.save_plan(draft, changed, by)

    @rule(name=names, who=people, place=which)
    def send_a_plan(self, name, who, place):
        version, by = self.planned(name, place), self.person(who, name)
        if version is not None:
            self.attempt("send plan", lambda: actions.submit_version(version, by=by))

    @rule(name=names, who=people, place=which)
    def take_a_plan_back(self, name, who, place):
        version, by = self.planned(name, place), self.person(who, name)
        if version is not None:
            self.attempt("take plan back", lambda: actions.take_back_version(version, by=by))
