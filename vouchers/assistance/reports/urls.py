"""Addresses of final reports; `pk` is the voucher's unless the path says otherwise."""

from django.urls import path

from .views import consents, files, reading, writing

app_name = "final_reports"
urlpatterns = [
    path("<int:pk>/report/", writing.report, name="report"),
    path("<int:pk>/report/save/", writing.save, name="save"),
    path("<int:pk>/report/session/", writing.session, name="session"),
    path("<int:pk>/report/review/", reading.review, name="review"),
    path("<int:pk>/report/send/", reading.send, name="send"),
    path("<int:pk>/report/return/", reading.return_report, name="return"),
    path("<int:pk>/report/accept/", reading.accept, name="accept"),
    path("<int:pk>/report/publication/", consents.publication, name="publication"),
    path("<int:pk>/report/pictures/", files.pictures, name="pictures"),
    path("<int:pk>/report/evidence/<uuid:key>/", files.evidence, name="evidence"),
    path("<int:pk>/report/<int:version_number>/", reading.version, name="version"),
    path("report-files/<int:pk>/", files.report_file, name="file"),
    path("report-files/<int:pk>/remove/", files.remove, name="remove_file"),
    path("report-pictures/<int:pk>/", files.public_picture, name="public_picture"),
]
