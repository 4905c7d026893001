"""A coordinator words an e-mail on a telephone, with and without JavaScript."""

from __future__ import annotations

import pytest

from tests.people import person
from texts.models import TextVersion

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_coordinator_words_an_e_mail_and_puts_it_back(visitor, javascript):
    writer = visitor(person(role="coordinator"), width=390, javascript=javascript)
    writer.open("/texts/").reads("Wording of letters and e-mails")
    writer.open("/texts/mail/award-offered/en/").reads("the name of the cluster")
    writer.fill(subject="Good news, {klaster}").press("Save, and use it from now on")
    writer.reads("There is no placeholder {klaster} here")
    writer.fill(subject="Good news, {cluster}").press("Show on a sample")
    writer.reads("Good news, Cedar Food Cluster")
    writer.press("Save, and use it from now on").reads("from now on says it so")
    assert TextVersion.objects.get().passages == {"subject": "Good news, {cluster}"}
    writer.follow("Version 1").reads("beside the built-in wording")
    writer.open("/texts/mail/award-offered/en/").press("Use the built-in wording again")
    writer.reads("holds again")
