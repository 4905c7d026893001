"""A claim is kept as it is typed, and its files as they arrive."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, action, locked, require
from documents.wording import instant
from files.actions.inspection import inspect_upload
from files.actions.previews import request_preview
from vouchers.awards.models import Voucher
from vouchers.payments.claims.rules.content import Content, boxes
from vouchers.payments.models import ClaimDraft, InvoiceFile
from vouchers.payments.permissions import may_submit_claim

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


@action(gettext_lazy("Claim written on"))
def save_draft(
    voucher: Voucher, content: Content, *, seen: int, window: str, by: User
) -> ClaimDraft:
    """Keep what is typed of the next claim of a voucher, right or wrong.

    `seen` is the version that the `window` (a name of its own making) had before it. Raises
    DraftOvertaken where another window has saved since then, unless nothing differs.
    """
    voucher = locked(voucher)
    require(may_submit_claim, by, voucher, otherwise=ONLY_MANAGERS)
    draft = ClaimDraft.objects.filter(voucher=voucher).first()
    if draft is None:
        draft = ClaimDraft(voucher=voucher)
    same = bool(draft.content) and boxes(draft.content) == boxes(content)
    if same:
        return draft
    if draft.version != seen and draft.window != window:
        raise DraftOvertaken(draft)
    draft.content, draft.window, draft.saved_by = content, window, by
    draft.version += 1
    draft.save()
    return draft


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
    """Keep the file of an invoice, for a claim that is still written.

    Raises Refused (beside `field`) for what is no file that can be taken.
    """
    voucher = locked(voucher)
    require(may_submit_claim, by, voucher, otherwise=ONLY_MANAGERS)
    inspected = inspect_upload(
        upload, max_size=voucher.award.application.call.max_file_size, field=field
    )
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
