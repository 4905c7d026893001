"""Addresses of meetings, calendars and records; `pk` is the voucher’s where it comes first."""

from django.urls import path

from .views import calendars, files, meetings, records, times, writing

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
    path(
        "assistance/meetings/<int:pk>/attendance/",
        meetings.correct_attendance,
        name="correct_attendance",
    ),
    path("assistance/meetings/times/<int:slot_pk>/agree/", times.agree, name="agree"),
    path("assistance/<int:pk>/needs/begin/", records.begin, name="begin"),
    path("assistance/needs/<int:pk>/", records.record, name="record"),
    path("assistance/needs/<int:pk>/write/", writing.write, name="write"),
    path("assistance/needs/<int:pk>/save/", writing.save, name="save"),
    path("assistance/needs/<int:pk>/session/", writing.session, name="session"),
    path("assistance/needs/<int:pk>/files/", files.attach, name="files"),
    path("assistance/needs/<int:pk>/files/<uuid:key>/", files.file, name="file"),
    path("assistance/needs/<int:pk>/files/<uuid:key>/remove/", files.remove, name="remove_file"),
    path("assistance/needs/<int:pk>/share/", writing.share, name="share"),
    path("assistance/needs/<int:pk>/revise/", records.revise, name="revise"),
    path("assistance/needs/<int:pk>/correct/", records.correct, name="correct"),
    path("assistance/needs/<int:pk>/discard/", records.discard, name="discard"),
]
