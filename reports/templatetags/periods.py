"""Periods as pages and e-mails name them."""

from django import template

from reports.wording import period_in_words

register = template.Library()
register.filter("period_with_last", period_in_words)
