"""The demonstration shows texts that its coordinators own."""

import pytest

from demonstration.plot.wordings import CLOSING, word_receipts
from documents.models import Document
from documents.rendering.pdf import letter_html
from notices.models import Notice
from notices.wording.messages import write_text
from tests.making import LB, open_story

pytestmark = pytest.mark.django_db


def test_the_demonstration_words_its_receipts():
    story = open_story()
    word_receipts(story.call, by=story.cast.coordinators[0])
    application = story.apply(LB)
    letters = Document.objects.filter(kind="acknowledgement", object_id=str(application.pk))
    assert letters.count() == 3
    for letter in letters:
        assert letter.facts["wording"] == {"closing": CLOSING[letter.language]}
        assert "{" not in letter_html(letter).partition("</head>")[2]
    told = list(Notice.objects.filter(kind="application-received"))
    for notice in told:
        write_text(notice)
    assert f"Thank you: your application {application.reference} has arrived" in {
        notice.subject for notice in told
    }
