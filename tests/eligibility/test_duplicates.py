"""Hints that applications resemble each other: shown to whom they concern, never a verdict."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from clusters.actions import change_account
from clusters.models import Cluster
from demonstration.calls import open_call
from demonstration.clock import noon, on
from demonstration.content.accounts import bank_account
from demonstration.content.clusters import ClusterFacts
from demonstration.story import Story
from notices.models import Notice
from tests.making import LB, LB_SECOND, LB_THIRD, MA, open_story, voucher_story
from tests.people import log_in
from vouchers.applications.actions import withdraw_application
from vouchers.applications.models import Application, Recusal
from vouchers.eligibility import actions
from vouchers.eligibility.models import ComparableText, Comparison, PossibleDuplicate
from vouchers.eligibility.queries import to_compare
from vouchers.eligibility.rules.similarity import THRESHOLD, compared, plain_form
from vouchers.eligibility.tasks import compare_application, sweep_comparisons

pytestmark = pytest.mark.django_db

TEXT = (
    "We gather the olive growers of four valleys and bring their oil to buyers abroad. With the "
    "voucher a consultant trains twenty members in grading, packing and labelling, and writes a "
    "common quality manual, so that every bottle bears the same promise. Two fairs follow in spring."
)
ARABIC = (
    "نجمع مزارعي الزيتون في أربعة أودية ونوصل زيتهم إلى المشترين في الخارج. بفضل القسيمة يدرّب "
    "خبير عشرين عضوًا على الفرز والتعبئة والوسم، ويكتب دليلًا مشتركًا للجودة يلتزم به الجميع. "
    "وفي الربيع يشارك الأعضاء في معرضين، ثم يُقاس ما تغيّر في المبيعات خلال ستة أشهر."
)


def writing(facts, text):
    return ClusterFacts(**{**facts.__dict__, "voucher_use": text})


@pytest.fixture
def story():
    return open_story({"LB": 2, "MA": 2})


def texts(application):
    return application.possible_duplicates.filter(kind="text")


def test_plain_form_leaves_out_what_does_not_matter():
    assert plain_form("  Élan,\n\nÇa va?  ") == "elan ca va"
    assert plain_form("مُدَرِّبـــون") == plain_form("مدربون")


def test_a_near_identical_text_of_another_cluster_is_a_hint_for_both(story):
    first = story.apply(writing(LB, TEXT))
    second = story.apply(writing(LB_SECOND, TEXT.replace("olive", "OLIVE").replace("four", "five")))
    actions.compare_application(first)
    actions.compare_application(second)
    duplicate = texts(second).get(other_question__key="voucher-use")
    assert duplicate.other == first
    assert THRESHOLD < duplicate.similarity <= 1
    assert texts(first).filter(other=second, similarity=duplicate.similarity).exists()
    assert Application.objects.get(pk=second.pk).state == "submitted"


def test_arabic_texts_are_compared_as_well(story):
    first = story.apply(writing(LB, ARABIC))
    second = story.apply(writing(LB_SECOND, ARABIC.replace("خبير", "مستشار")))
    actions.compare_application(first)
    actions.compare_application(second)
    assert texts(second).filter(other=first, question__key="voucher-use").exists()


@pytest.mark.parametrize("text", [TEXT[:180], "Another plan altogether. " + LB_THIRD.voucher_use])
def test_short_or_different_texts_give_no_hint(story, text):
    first = story.apply(writing(LB, TEXT))
    second = story.apply(writing(LB_SECOND, text))
    actions.compare_application(first)
    actions.compare_application(second)
    assert not texts(second).filter(question__key="voucher-use").exists()


def test_a_cluster_may_repeat_itself_and_drafts_and_withdrawn_ones_do_not_count(story):
    first = story.apply(writing(LB, TEXT))
    actions.compare_application(first)
    withdraw_application(first, reason="Anew.", by=first.submitted_by)
    second = story.apply(writing(LB, TEXT))
    third = story.apply(writing(LB_SECOND, TEXT))
    draft = story.apply(writing(LB_THIRD, TEXT), send=False)
    for application in (second, draft, third):
        actions.compare_application(application)
    assert not ComparableText.objects.filter(application=draft).exists()
    others = set(texts(third).filter(question__key="voucher-use").values_list("other", flat=True))
    assert others == {second.pk}


def test_what_was_sent_is_compared_by_a_worker_once(story):
    first = story.apply(writing(LB, TEXT))
    second = story.apply(writing(LB_SECOND, TEXT))
    assert list(to_compare()) == [first, second]
    assert sweep_comparisons() == 2
    for application in (first, second):
        compare_application(application.pk)
    assert not to_compare().exists()
    assert texts(second).exists()
    count = PossibleDuplicate.objects.count()
    compare_application(second.pk)
    assert PossibleDuplicate.objects.count() == count
    Comparison.objects.filter(application=first).delete()
    assert list(to_compare()) == [first]


def test_the_index_serves_the_search(story):
    actions.compare_application(story.apply(writing(LB, TEXT)))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL pg_trgm.similarity_threshold = 0.6")
        cursor.execute("EXPLAIN SELECT 1 FROM vouchers_comparabletext WHERE text %% %s", [TEXT])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "comparable_by_trigram" in plan


def test_an_officer_sees_of_another_country_only_that_there_is_one(client, story):
    lebanese = story.apply(writing(LB, TEXT))
    moroccan = story.apply(writing(MA, TEXT))
    actions.compare_application(lebanese)
    actions.compare_application(moroccan)
    duplicate = texts(lebanese).get(other=moroccan, question__key="voucher-use")
    log_in(client, story.cast.officer("LB"))
    for address in (
        reverse("eligibility:check", args=[lebanese.pk]),
        lebanese.get_absolute_url(),
        duplicate.get_absolute_url(),
    ):
        html = client.get(address).content.decode()
        assert "Morocco" in html
        assert moroccan.reference not in html
        assert moroccan.cluster.name not in html
    other = texts(moroccan).get(other=lebanese, question__key="voucher-use")
    assert client.get(other.get_absolute_url()).status_code == 404


def test_the_coordinator_sees_both_side_by_side_with_what_is_alike(client, story):
    lebanese = story.apply(writing(LB, TEXT + " In Lebanon alone."))
    moroccan = story.apply(writing(MA, TEXT))
    actions.compare_application(lebanese)
    actions.compare_application(moroccan)
    duplicate = texts(lebanese).get(other=moroccan, question__key="voucher-use")
    html = (
        log_in(client, story.cast.coordinators[0])
        .get(duplicate.get_absolute_url())
        .content.decode()
    )
    assert lebanese.reference in html
    assert moroccan.reference in html
    assert html.count("<mark>") == 2
    assert "</mark>In Lebanon alone." in html


def test_who_is_recused_from_the_other_application_does_not_read_it(client, story):
    first = story.apply(writing(LB, TEXT))
    second = story.apply(writing(LB_SECOND, TEXT))
    actions.compare_application(first)
    actions.compare_application(second)
    officer = story.cast.officer("LB")
    duplicate = texts(first).get(other=second, question__key="voucher-use")
    log_in(client, officer)
    assert second.reference in client.get(duplicate.get_absolute_url()).content.decode()
    Recusal.objects.create(application=second, person=officer, reason="My brother.")
    assert second.reference not in client.get(duplicate.get_absolute_url()).content.decode()


def test_the_cluster_does_not_see_hints(client, story):
    first = story.apply(writing(LB, TEXT))
    second = story.apply(writing(LB_SECOND, TEXT))
    actions.compare_application(first)
    actions.compare_application(second)
    log_in(client, first.submitted_by)
    assert "What it resembles" not in client.get(first.get_absolute_url()).content.decode()
    assert client.get(texts(first).first().get_absolute_url()).status_code == 404


def test_a_hint_is_looked_at_with_a_remark_that_stays(client, story):
    first = story.apply(writing(LB, TEXT))
    second = story.apply(writing(LB_SECOND, TEXT))
    actions.compare_application(first)
    actions.compare_application(second)
    duplicate = texts(first).get(other=second, question__key="voucher-use")
    officer = story.cast.officer("LB")
    log_in(client, officer)
    assert (
        "This field is required."
        in client.post(duplicate.get_absolute_url(), {"remark": ""}).content.decode()
    )
    client.post(duplicate.get_absolute_url(), {"remark": "The same consultant wrote both."})
    duplicate.refresh_from_db()
    assert (duplicate.remark, duplicate.looked_at_by) == (
        "The same consultant wrote both.",
        officer,
    )
    client.post(reverse("eligibility:compare", args=[first.pk]))
    assert texts(first).filter(remark="The same consultant wrote both.").count() == 1
    assert texts(second).get(other=first, question__key="voucher-use").remark == ""
    html = client.get(first.get_absolute_url()).content.decode()
    assert "The same consultant wrote both." in html


def test_an_earlier_voucher_of_the_same_legal_entity_is_a_hint():
    told = voucher_story()
    earlier = told.voucher.award.application
    story = open_again(told)
    later = story.apply(told.facts)
    actions.compare_application(later)
    assert [(duplicate.kind, duplicate.other) for duplicate in later.possible_duplicates.all()] == [
        ("legal_entity", earlier)
    ]


def open_again(told):
    """A second call in the same programme."""
    with on(noon(-5)):
        call = open_call(
            by=told.cast.coordinators[0],
            code="SUX",
            slug="again",
            opens=timezone.now(),
            deadline=noon(40),
            amount="5000.00",
            quotas={"LB": 2},
        )
    return Story(told.cast, call)


def test_a_name_that_is_another_clusters_alias_is_a_hint(story):
    first = story.apply(LB)
    second = story.apply(LB_SECOND)
    Cluster.objects.filter(pk=first.cluster_id).update(
        aliases=f"Something\n{second.cluster.name.upper()}"
    )
    actions.compare_application(second)
    assert second.possible_duplicates.get(kind="name").other == first
    assert first.possible_duplicates.get(kind="name").other == second


def test_the_same_bank_account_is_a_hint(story):
    first = story.apply(LB)
    second = story.apply(LB_SECOND)
    for application in (first, second):
        change_account(
            application.cluster,
            holder="Association",
            bank="Bank of Beirut",
            account=bank_account("LB", 4711),
            bic="",
            currency="EUR",
            by=application.submitted_by,
        )
    actions.compare_application(first)
    assert [(duplicate.kind, duplicate.other) for duplicate in first.possible_duplicates.all()] == [
        ("bank_account", second)
    ]
    assert second.possible_duplicates.get().kind == "bank_account"


def test_nobody_is_told_by_a_hint(story):
    first = story.apply(writing(LB, TEXT))
    before = Notice.objects.count()
    actions.compare_application(first)
    assert Notice.objects.count() == before


def test_the_page_costs_the_same_however_many_hints(client, story, django_assert_num_queries):
    first = story.apply(writing(LB, TEXT))
    actions.compare_application(first)
    actions.compare_application(story.apply(writing(LB_SECOND, TEXT)))
    log_in(client, story.cast.officer("LB"))
    address = reverse("eligibility:check", args=[first.pk])
    client.get(address)
    with django_assert_num_queries(33) as counted:
        client.get(address)
    actions.compare_application(story.apply(writing(LB_THIRD, TEXT)))
    actions.compare_application(story.apply(writing(MA, TEXT)))
    with django_assert_num_queries(len(counted)):
        client.get(address)


def test_what_two_texts_share_is_marked_word_by_word():
    one, other = compared("One two three four five six.", "Zero. ONE two, three four five SEVEN.")
    assert [(passage.text, passage.alike) for passage in one] == [
        ("One two three four five ", True),
        ("six.", False),
    ]
    assert "".join(passage.text for passage in other) == "Zero. ONE two, three four five SEVEN."
