"""The bank's files and statements that somebody may read, and the profile of an account."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.payments.bank.models import BankFile, BankStatement, CsvMapping
from vouchers.payments.bank.permissions import may_read_bank
from vouchers.payments.batches.models import BankProfile


def files_visible_to(user: User) -> QuerySet[BankFile]:
    """The bank's files, for those who read payment orders; without their bytes."""
    if not may_read_bank.test(user):
        return BankFile.objects.none()
    return BankFile.objects.defer("content").select_related("uploaded_by", "taken_by")


def statements_visible_to(user: User) -> QuerySet[BankStatement]:
    """The statements of the programme's accounts, for the same."""
    if not may_read_bank.test(user):
        return BankStatement.objects.none()
    return BankStatement.objects.select_related("file", "profile")


@for_system("an account of the programme, by what a file says of it")
def profile_with_account(account: str) -> BankProfile | None:
    """The newest profile that pays, or paid, from an account, and that a second person verified."""
    found = BankProfile.objects.filter(debtor_account=account, verified_at__isnull=False)
    return found.order_by("-verified_at").first()


def profiles_with_account(user: User) -> QuerySet[BankProfile]:
    """The profiles whose tables can be uploaded: verified, and in force."""
    if not may_read_bank.test(user):
        return BankProfile.objects.none()
    return BankProfile.objects.filter(verified_at__isnull=False, replaced_at=None).order_by("name")


@for_system("how a table of the programme's own account is read")
def columns_of(account: str) -> dict[str, str] | None:
    """The columns of the account's table as they were said last."""
    found = CsvMapping.objects.filter(account=account).first()
    return found.columns if found else None


def gap_before(statement: BankStatement) -> BankStatement | None:
    """The statement before of the account, where that ended with another balance than this begins with.

    Read when it is asked: a statement that comes later closes the gap.
    """
    if statement.opening is None or statement.begins_on is None:
        return None
    others = BankStatement.objects.filter(account=statement.account, closing__isnull=False)
    before = others.filter(ends_on__lt=statement.begins_on)
    last = before.order_by("-ends_on", "-pk").first()
    if last is None or last.closing == statement.opening:
        return None
    # Another one of the same last day may be the newer of that day.
    same_day = before.filter(ends_on=last.ends_on, closing=statement.opening)
    return None if same_day.exists() else last
