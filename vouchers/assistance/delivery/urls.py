"""Addresses of sessions; `pk` is the voucher's where it comes first, else the session's."""

from django.urls import path

from .views import lists, pictures, sessions

app_name = "delivery"
urlpatterns = [
    path("<int:pk>/sessions/", lists.sessions, name="sessions"),
    path("<int:pk>/sessions/log/", sessions.log, name="log"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/pictures/", pictures.pictures, name="pictures"),
    path("session-pictures/<int:pk>/", pictures.picture, name="picture"),
    path("session-pictures/<int:pk>/remove/", pictures.remove, name="remove_picture"),
    path("sessions/<int:pk>/anew/", sessions.log_anew, name="log_anew"),
    path("sessions/<int:pk>/confirm/", sessions.confirm, name="confirm"),
    path("sessions/<int:pk>/return/", sessions.return_session, name="return"),
    path("sessions/<int:pk>/withdraw/", sessions.withdraw, name="withdraw"),
]
