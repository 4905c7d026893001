"""Addresses of meetings and of private calendars; `pk` is the meeting’s unless it comes first."""

from django.urls import path

from .views import calendars, meetings, times

app_name = "needs"
urlpatterns = [
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/renew/", calendars.renew, name="renew_feed"),
    path("calendar/<str:secret>.ics", calendars.feed, name="feed"),
    path("assistance/<int:pk>/meetings/propose/", meetings.propose, name="propose"),
    path("assistance/meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("assistance/meetings/<int:pk>/times/", times.propose_times, name="times"),
    path("assistance/meetings/<int:pk>/move/", times.move, name="move"),
    path("assistance/meetings/<int:pk>/keep/", times.keep, name="keep"),
    path("assistance/meetings/<int:pk>/cancel/", meetings.cancel, name="cancel"),
    path("assistance/meetings/<int:pk>/held/", meetings.hold, name="hold"),
    path("assistance/meetings/times/<int:slot_pk>/agree/", times.agree, name="agree"),
]
