"""Loads what a page is about, within what the person may see."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from vouchers.payments.bank import queries
from vouchers.payments.bank.models import BankFile, BankStatement
from vouchers.payments.bank.permissions import may_read_bank


def found_file(request: PersonRequest, pk: int) -> BankFile:
    """The file, for whoever reads payment orders; 404 for everybody else."""
    return get_object_or_404(queries.files_visible_to(request.user), pk=pk)


def found_statement(request: PersonRequest, pk: int) -> BankStatement:
    """The statement, for the same."""
    return get_object_or_404(queries.statements_visible_to(request.user), pk=pk)


def found_line(request: PersonRequest, pk: int) -> Any:
    """The line with its statement and where it stands, for the same."""
    lines = queries.lines_visible_to(request.user).select_related("statement__profile")
    return get_object_or_404(lines, pk=pk)


def require_reader(request: PersonRequest) -> None:
    """Raise Http404 for who may not know of the bank's files."""
    if not may_read_bank.test(request.user):
        raise Http404
