"""The background work of this room: reminders about vouchers."""

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, register_kind

register_kind(Errand(slug="voucher_reminders", title=_("Reminders about vouchers"), queue="clock"))
