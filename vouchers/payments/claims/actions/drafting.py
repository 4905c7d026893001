"""A claim is kept as it is typed, and its files as they arrive."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, action, locked, require
from conduct.actions.again import said_a_moment_ago
from documents.wording import instant
from files.actions.inspection import inspect_upload
from files.actions.previews import request_preview
from vouchers.awards.models import Voucher
from vouchers.payments.claims.rules.content import Content, boxes
from vouchers.payments.models import Claim, ClaimDraft, InvoiceFile
from vouchers.payments.permissions import may_submit_claim
from vouchers.payments.rules.invoices import key_of

ONLY_MANAGERS = gettext_lazy("Only a manager of the cluster can claim.")


class DraftOvertaken(OutOfOrder):
    """Another window has saved the draft since this one saw it. `version` is what stands now."""

    def __init__(self, draft: ClaimDraft) -> None:
        self.version = draft.version
        super().__init__(
            _(
                "%(person)s has written on this claim in another window (%(when)s). What you typed "
                "is here and not saved yet: saved once more, it stands instead of the other."
            )
            % {"person": draft.saved_by, "when": instant(draft.saved_at)}
        )


class DraftGone(OutOfOrder):
    """What this window wrote on was sent or put aside since; the next save begins anew."""

    version = 0

    def __init__(self) -> None:
        super().__init__(
            _(
                "The claim that you wrote on was sent or put aside meanwhile. What you typed is here "
                "and not saved yet: saved once more, it is another claim."
            )
        )


class SentAlready(OutOfOrder):
    """Just this was sent a moment ago, as `claim`."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        super().__init__(_("This claim is sent: it is with your country partner."))


@action(gettext_lazy("Claim written on"))
def save_draft(
    voucher: Voucher, content: Content, *, seen: int, window: str, by: User
) -> ClaimDraft:
    """Keep what is typed of the next claim of a voucher, right or wrong.

    `seen` is the version that the `window` (a name of its own making) had before it. Raises
    DraftOvertaken where another window has saved since then, unless nothing differs; where no draft is
    there any more, SentAlready for what was just sent, DraftGone for what was seen of it.
    """
    voucher = locked(voucher)
    require(may_submit_claim, by, voucher, otherwise=ONLY_MANAGERS)
    draft = ClaimDraft.objects.filter(voucher=voucher).first()
    if draft is None:
        _require_unsent(voucher, content, by)
        if seen:
            raise DraftGone
        draft = ClaimDraft(voucher=voucher)
    elif draft.content and boxes(draft.content) == boxes(content):
        return draft
    elif draft.version != seen and draft.window != window:
        raise DraftOvertaken(draft)
    draft.content, draft.window, draft.saved_by = content, window, by
    draft.version += 1
    draft.save()
    return draft


def _require_unsent(voucher: Voucher, content: Content, by: User) -> None:
    """Raise SentAlready where the person has just sent these invoices for these milestones.

    A second press, and what saved itself while the claim was on its way, come after the sending.
    """
    typed = {
        (key_of(invoice["number"]), line["milestone"])
        for invoice in content["invoices"]
        for line in invoice["lines"]
    }
    sent = said_a_moment_ago(
        voucher.claims.filter(state=Claim.State.SUBMITTED, is_advance=False, continues=None),
        at="submitted_at",
        submitted_by=by,
    )
    if sent is None:
        return
    lines = sent.lines.values_list("invoice__key", "milestone")
    if typed == {(key, str(milestone)) for key, milestone in lines}:
        raise SentAlready(sent)


@action(gettext_lazy("Claim put aside"))
def discard_draft(voucher: Voucher, *, by: User) -> None:
    """Forget what was typed of the next claim."""
    voucher = locked(voucher)
    require(may_submit_claim, by, voucher, otherwise=ONLY_MANAGERS)
    ClaimDraft.objects.filter(voucher=voucher).delete()


@action(gettext_lazy("Invoice sent"))
def keep_invoice_file(
    voucher: Voucher, upload: UploadedFile, *, by: User, field: str = "upload"
) -> InvoiceFile:
    """Keep the file of an invoice, for a claim that is still written; the same one twice at once is one.

    Raises Refused (beside `field`) for what is no file that can be taken.
    """
    voucher = locked(voucher)
    require(may_submit_claim, by, voucher, otherwise=ONLY_MANAGERS)
    inspected = inspect_upload(
        upload, max_size=voucher.award.application.call.max_file_size, field=field
    )
    again = said_a_moment_ago(
        voucher.invoice_files.all(), at="sent_at", sha256=inspected.sha256, sent_by=by
    )
    if again is not None:
        return again
    found = InvoiceFile.objects.create(
        voucher=voucher,
        file=upload,
        name=inspected.name,
        content_type=inspected.content_type,
        size=inspected.size,
        sha256=inspected.sha256,
        sent_by=by,
    )
    request_preview(found.file, found.content_type)
    return found
