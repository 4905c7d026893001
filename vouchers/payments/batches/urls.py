"""Addresses of payment batches; `pk` is the batch's unless the path says otherwise."""

from django.urls import path

from .views import batches, booking, profiles, proposing

app_name = "batches"
urlpatterns = [
    path("", batches.listing, name="list"),
    path("new/", proposing.propose, name="propose"),
    path("<int:pk>/", batches.batch, name="batch"),
    path("<int:pk>/authorise/", batches.authorise, name="authorise"),
    path("<int:pk>/export/", batches.export, name="export"),
    path("<int:pk>/file/", batches.file, name="file"),
    path("<int:pk>/acknowledge/", booking.acknowledge, name="acknowledge"),
    path("<int:pk>/cancel/", booking.cancel, name="cancel"),
    path("payments/<int:pk>/record/", booking.record, name="record"),
    path("payments/<int:pk>/return/", booking.give_back, name="return"),
    path("profiles/", profiles.listing, name="profiles"),
    path("profiles/new/", profiles.enter, name="enter_profile"),
    path("profiles/<int:pk>/", profiles.profile, name="profile"),
    path("profiles/<int:pk>/change/", profiles.change, name="change_profile"),
    path("profiles/<int:pk>/verify/", profiles.verify, name="verify_profile"),
]
