"""The names of views: what is none, whose it is, and how many there are."""

import pytest
from django.urls import reverse

from conduct.actions import Refused
from saved_views import actions
from saved_views.models import SavedView
from tests.people import log_in
from tests.saved_views.keeping import kept, save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Give the view a name."),
        ("   ", "Give the view a name."),
        ("\u202e\u200f", "Give the view a name."),
        ("x" * 300, "Ensure this value has at most 80 characters (it has 300)."),
    ],
)
def test_a_name_that_is_none_is_refused_beside_its_field(client, coordinator, typed, sentence):
    log_in(client, coordinator)
    answer = save(client, typed)
    assert answer.context["form"].errors == {"name": [sentence]}
    assert sentence in answer.content.decode()
    assert not SavedView.objects.exists()


def test_marks_of_direction_are_taken_out_of_a_name(client, coordinator):
    log_in(client, coordinator)
    save(client, "\u202eLate\u2066 \u200f in  Tunis\n")
    assert SavedView.objects.get().name == "Late in Tunis"


def test_a_name_is_taken_once_by_each_person_and_saved_over_when_told(client, two, coordinator):
    story, _vouchers = two
    kept(story.cast.coordinators[1], "Mine")
    log_in(client, coordinator)
    save(client, "Mine")
    answer = save(client, "MINE", asked={"country": "MA"})
    told = "You have a view of this name for this list already."
    assert answer.context["form"].errors == {"name": [told]}
    assert 'value="MINE"' in answer.content.decode()
    assert SavedView.objects.get(owner=coordinator).query == "country=LB"
    save(client, "MINE", asked={"country": "MA"}, over="on")
    view = SavedView.objects.get(owner=coordinator)
    assert (view.name, view.query) == ("MINE", "country=MA")
    # Nor by a new name.
    other = kept(coordinator, "Other")
    answer = client.post(
        reverse("saved_views:change", args=[other.pk]), {"name": "mine", "audience": ":"}
    )
    assert answer.context["form"].errors == {"name": [told]}


def test_a_person_keeps_so_many_views_of_a_list(coordinator, monkeypatch):
    monkeypatch.setattr(actions, "MOST_VIEWS", 2)
    for name in "ab":
        kept(coordinator, name)
    with pytest.raises(Refused, match="You keep 2 views of this list already"):
        kept(coordinator, "c")
    kept(coordinator, "a", "country=MA", over=True)
    actions.save_view("payments:claim_list", "text=x", "c", by=coordinator)


def test_a_name_in_arabic_stands_on_an_arabic_page(client, coordinator):
    coordinator.language = "ar"
    coordinator.save(update_fields=["language"])
    view = kept(coordinator, "المتأخرة in Tunis")
    log_in(client, coordinator)
    page = client.get(view.address).content.decode()
    assert 'dir="rtl"' in page
    assert "<bdi>المتأخرة in Tunis</bdi>" in page
