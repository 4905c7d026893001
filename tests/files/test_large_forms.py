"""A form with two gigabytes in it is answered before it is read."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.people import log_in, person

pytestmark = pytest.mark.django_db


class Unread:
    """A body that nobody may touch."""

    def read(self, *_size):
        raise AssertionError("The body was read.")

    readline = __iter__ = read


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_two_gigabytes_are_refused_unread(client, language, direction):
    log_in(client, person(language=language))
    answer = client.generic(
        "POST",
        reverse("accounts:profile"),
        CONTENT_TYPE="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(2 * 1024**3),
        **{"wsgi.input": Unread()},
    )
    html = answer.content.decode()
    assert answer.status_code == 413
    assert f'lang="{language}" dir="{direction}"' in html
    if language == "en":
        assert "takes files of at most 50.0" in html
