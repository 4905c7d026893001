"""Addresses of screening: lists of sanctions, screenings of payees, likenesses."""

from django.urls import path

from .views import hits, lists, screenings

app_name = "screening"
urlpatterns = [
    path("", screenings.screenings, name="list"),
    path("<int:pk>/", screenings.screening, name="screening"),
    path("screen/<slug:payee>/<int:pk>/", screenings.screen, name="screen"),
    path("lists/", lists.sanctions_lists, name="sanctions_lists"),
    path("lists/<int:pk>/", lists.sanctions_list, name="sanctions_list"),
    path("lists/<int:pk>/force/", lists.put_in_force, name="put_in_force"),
    path("lists/<int:pk>/file/", lists.download, name="download"),
    path("likenesses/", hits.hits, name="hits"),
    path("likenesses/<int:pk>/", hits.hit, name="hit"),
]
