"""Deliverables: handed in, returned at points, accepted by two."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from accounts.actions import grant_role
from accounts.models import Role, User
from clusters.actions.people import remove_representative
from clusters.models import Representative
from tests.assistance.machine.acting import Acting, names, one_of, people, which, words
from tests.making import pdf
from vouchers.assistance.deliverables import actions
from vouchers.assistance.deliverables.models import Deliverable, Weight
from vouchers.assistance.deliverables.queries import newest_of, open_points
from vouchers.assistance.plans.models import Milestone


class Handing(Acting):
    """Moves about what is delivered."""

    def handed_in(self, name: str, place: int) -> Deliverable | None:
        found = Deliverable.objects.filter(milestone__plan__voucher=self.voucher(name))
        return one_of(found, place)

    @rule(name=names, who=people, place=which, changes=words, answered=st.booleans())
    def hand_in(self, name, who, place, changes, answered):
        by = self.worker(who, name)
        milestone = one_of(Milestone.objects.filter(plan__voucher=self.voucher(name)), place)
        if milestone is None:
            return
        earlier = newest_of(milestone)
        answers = {
            point.pk: actions.Answered(is_done=answered, text="Time.")
            for point in (open_points(earlier) if earlier else [])
        }
        self.attempt(
            "hand in",
            lambda: actions.hand_in_deliverable(
                milestone,
                summary="The study.",
                changes=changes,
                uploads=[pdf()],
                answers=answers,
                by=by,
            ),
        )

    @rule(
        name=names, who=people, place=which, sides=st.sampled_from(["cluster", "partner", "both"])
    )
    def accept(self, name, who, place, sides):
        """For one side; or for both by one person, who is refused at the second."""
        version = self.handed_in(name, place)
        if version is None:
            return
        by = self.person(who, name)
        if sides != "partner":
            self.attempt(
                "accept for cluster",
                lambda: actions.accept_deliverable_for_cluster(version, by=by),
            )
        if sides != "cluster":
            self.attempt("accept", lambda: actions.accept_deliverable(version, by=by))

    @rule(name=names, who=people, place=which, text=words, weight=st.sampled_from(Weight.values))
    def note_a_point(self, name, who, place, text, weight):
        version, by = self.handed_in(name, place), self.person(who, name)
        if version is not None:
            self.attempt(
                "note point",
                lambda: actions.note_point(
                    version, where="Page 4", text=text, weight=weight, by=by
                ),
            )

    @rule(name=names, who=people, place=which, reason=words)
    def return_it(self, name, who, place, reason):
        version, by = self.handed_in(name, place), self.person(who, name)
        if version is not None:
            self.attempt(
                "return deliverable",
                lambda: actions.return_deliverable(version, reason=reason, by=by),
            )

    @rule(name=st.sampled_from(["planned", "contracted"]), accepts=st.booleans())
    def change_sides(self, name, accepts):
        """The deputy leaves the cluster, and is an officer of its country from then on.

        What the deputy accepted for the cluster, somebody else accepts for the partner.
        """
        if accepts:
            self.hand_in(name, "manager", 0, "The figures.", answered=True)
            self.accept(name, "deputy", 0, "cluster")
        deputy, manager = self.person("deputy", name), self.person("manager", name)
        post = Representative.objects.filter(user=deputy).first()
        if post is not None:
            self.attempt("leave", lambda: _to_the_partner(post, by=manager))
        if accepts:
            self.accept(name, "deputy", 0, "partner")


def _to_the_partner(post: Representative, *, by: User) -> None:
    person, country = post.user, post.cluster.country_id
    remove_representative(post, by=by, reason="Another post.")
    grant_role(person, Role.OFFICER, country_code=country, by=None)
