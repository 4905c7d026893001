"""Addresses of consultants; `pk` is the provider's unless the path says otherwise."""

from django.urls import path

from .views import accounts, links, own, register, updates

app_name = "providers"
urlpatterns = [
    path("", register.providers, name="list"),
    path("<int:pk>/", register.provider, name="provider"),
    path("<int:pk>/facts/", register.describe, name="describe"),
    path("<int:pk>/distinct/<int:other_pk>/", register.tell_apart, name="tell_apart"),
    path("<int:pk>/account/", accounts.change_account, name="change_account"),
    path("accounts/<int:pk>/verify/", accounts.verify_account, name="verify_account"),
    path("<int:pk>/link/", links.send_link, name="send_link"),
    path("links/<int:pk>/withdraw/", links.withdraw_link, name="withdraw_link"),
    path("updates/<int:pk>/take/", updates.take_update_over, name="take_update_over"),
    path("updates/<int:pk>/return/", updates.return_update, name="return_update"),
    path("<int:pk>/files/", updates.add_file, name="add_file"),
    path("files/<int:pk>/", updates.provider_file, name="file"),
    path("files/<int:pk>/approve/", updates.approve_file, name="approve_file"),
    path("files/<int:pk>/remove/", updates.remove_file, name="remove_file"),
    path("own/<str:secret>/", own.OwnPage.as_view(), name="own"),
    path("own/<str:secret>/facts/", own.OwnFacts.as_view(), name="own_facts"),
    path("own/<str:secret>/files/", own.AddOwnFile.as_view(), name="add_own_file"),
    path("own/<str:secret>/files/<int:pk>/", own.OwnProviderFile.as_view(), name="own_file"),
    path(
        "own/<str:secret>/files/<int:pk>/remove/",
        own.RemoveOwnFile.as_view(),
        name="remove_own_file",
    ),
]
