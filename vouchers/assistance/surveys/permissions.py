"""Who sends the link of a survey anew. Who reads its answers is who reads the voucher."""

from vouchers.awards.permissions import is_officer_for_voucher

may_send_survey = is_officer_for_voucher
