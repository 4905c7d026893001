"""Keeping a file of the bank: it is read, and moves nothing yet."""

from __future__ import annotations

import hashlib
from typing import IO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, require
from documents.wording import instant
from files.rules.names import safe_name
from vouchers.payments.bank.models import BankFile
from vouchers.payments.bank.permissions import may_take_in
from vouchers.payments.bank.queries import preview_of
from vouchers.payments.bank.rules.answers import CSV, NotAnAnswer
from vouchers.payments.bank.rules.csv_form import headers_of
from vouchers.payments.bank.rules.reading import MOST_BYTES, read_answer
from vouchers.payments.bank.wording import fault_told


@action(gettext_lazy("File of the bank read"))
def read_bank_file(upload: IO[bytes], *, name: str, by: User, account: str = "") -> BankFile:
    """Keep an uploaded file and what kind it is; lines and payments stay as they are.

    `account` says of which account a table (CSV) is. The same file again is the one that is kept, as
    long as it is not taken in; a table that is said to be of another account is another.
    Raises Refused, beside the field `upload` or `profile`, with what is wrong with it.
    """
    require(may_take_in, by)
    content = upload.read(MOST_BYTES + 1)
    sha256 = hashlib.sha256(content).hexdigest()
    if (kept := _kept(sha256, account)) is not None:
        return kept
    try:
        answer = read_answer(content)
        if answer.kind == CSV:
            headers_of(content)
            if not account:
                raise Refused(
                    str(_("A table does not say its account: choose it.")), field="profile"
                )
        file = BankFile(
            name=safe_name(name),
            kind=answer.kind,
            version=answer.version,
            message_id=answer.message_id,
            account=account if answer.kind == CSV else "",
            content=content,
            size=len(content),
            sha256=sha256,
            uploaded_by=by,
        )
        if answer.kind != CSV:
            preview_of(file)
    except NotAnAnswer as fault:
        raise Refused(fault_told(fault), field="upload") from fault
    try:
        with transaction.atomic():
            file.save()
    except IntegrityError:
        # Somebody else has just uploaded it.
        if (kept := _kept(sha256, account)) is not None:
            return kept
        raise
    return file


def _kept(sha256: str, account: str) -> BankFile | None:
    # What says its account itself is kept without one.
    found = BankFile.objects.filter(sha256=sha256, account__in=["", account]).first()
    if found is not None and found.taken_at is not None:
        raise Refused(
            _("This very file was taken in already, by %(person)s, %(when)s.")
            % {"person": found.taken_by, "when": instant(found.taken_at)},
            field="upload",
        )
    return found
