"""Addresses of a provider at work by its link, and of who sends it (`pk` is the voucher's there)."""

from django.urls import path

from .views import links, pages, pictures

app_name = "workroom"
urlpatterns = [
    path("<int:pk>/provider-link/", links.send, name="send"),
    path("provider-links/<int:pk>/withdraw/", links.withdraw, name="withdraw"),
    path("work/<str:secret>/", pages.WorkHome.as_view(), name="home"),
    path("work/<str:secret>/sessions/", pages.WorkLog.as_view(), name="log"),
    path("work/<str:secret>/sessions/<int:pk>/", pages.WorkLogAnew.as_view(), name="log_anew"),
    path(
        "work/<str:secret>/sessions/<int:pk>/pictures/",
        pictures.WorkPictures.as_view(),
        name="pictures",
    ),
    path("work/<str:secret>/pictures/<int:pk>/", pictures.WorkPicture.as_view(), name="picture"),
    path(
        "work/<str:secret>/pictures/<int:pk>/remove/",
        pictures.WorkPictureRemoval.as_view(),
        name="remove_picture",
    ),
    path("work/<str:secret>/milestones/<int:pk>/", pages.WorkHandIn.as_view(), name="hand_in"),
    path("work/<str:secret>/versions/<int:pk>/", pages.WorkVersion.as_view(), name="version"),
    path("work/<str:secret>/files/<int:pk>/", pages.WorkFile.as_view(), name="file"),
    path(
        "work/<str:secret>/files/<int:pk>/<int:number>/",
        pages.WorkPreview.as_view(),
        name="preview",
    ),
]
