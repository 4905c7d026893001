"""Forms that save themselves while somebody types: one protocol for all of them, on both sides.

The form is made of parts (questions, criteria, lines of a plan), each with an id and a version of its
own, so that two people or two windows write side by side. The browser keeps what it sends until it is
confirmed (`static/js/drafts/`); the server never overwrites what the person has not seen. Another
form becomes a draft so:

1. Its action takes `seen` (the version of each part that the person had before them) and returns the
   ids of what somebody else changed meanwhile; `drafts.rules.is_overtaken` says which.
2. A class beside its views, with the address of it::

       class PlanDraft(Draft[Plan]):
           def records(self):
               return plans_visible_to(self.request.user)
           def saved(self, plan):
               typed = typed_lines(self.request.POST, plan)
               overtaken = save_lines(plan, typed, seen=self.seen(typed), by=self.request.user)
               return Saved(typed.keys(), overtaken, standing_lines(plan), problems_of(plan))

       def save(request, pk):
           return save_draft(PlanDraft(request), pk)

       def session(request, pk):
           return draft_session(PlanDraft(request), pk)

3. Its page has `<form id="draft">` with those addresses, a box `[data-question]` for each part with
   `seen_<id>`, and a module that tells what its boxes hold (`static/js/applications/answers.js` does).
"""
