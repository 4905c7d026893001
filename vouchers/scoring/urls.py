"""Addresses of scoring."""

from django.urls import path

from .views import (
    assessing,
    assigning,
    balancing,
    ranking,
    scoring,
    seeing,
    sheets,
    studies,
    workbook,
)

app_name = "scoring"
urlpatterns = [
    path("", assigning.listing, name="list"),
    path("mine/", assessing.mine, name="mine"),
    path("applications/<int:pk>/", assigning.application, name="application"),
    path("applications/<int:pk>/why/", studies.why, name="why"),
    path("assignments/<int:pk>/", assessing.assignment, name="assignment"),
    path("assignments/<int:pk>/save/", scoring.save, name="save"),
    path("assignments/<int:pk>/session/", scoring.session, name="session"),
    path("assignments/<int:pk>/correct/", scoring.correct, name="correct"),
    path("assignments/<int:pk>/conflict/", assessing.conflict, name="conflict"),
    path("assignments/<int:pk>/release/", assigning.release, name="release"),
    path("assignments/<int:pk>/files/<int:file_pk>/", assessing.attachment, name="attachment"),
    path(
        "assignments/<int:pk>/files/<int:file_pk>/pages/<int:number>/",
        assessing.preview,
        name="preview",
    ),
    path("assignments/<int:pk>/sheet/", sheets.print_sheet, name="print_sheet"),
    path("as/", seeing.sightings, name="sightings"),
    path("as/<int:user_pk>/begin/", seeing.begin, name="see_as"),
    path("as/<int:user_pk>/", seeing.mine, name="seen_mine"),
    path("as/<int:user_pk>/assignments/<int:pk>/", seeing.assignment, name="seen_assignment"),
    path(
        "as/<int:user_pk>/assignments/<int:pk>/files/<int:file_pk>/",
        seeing.attachment,
        name="seen_attachment",
    ),
    path(
        "as/<int:user_pk>/assignments/<int:pk>/files/<int:file_pk>/pages/<int:number>/",
        seeing.preview,
        name="seen_preview",
    ),
    path("workbooks/<int:pk>/", workbook.returned, name="returned"),
    path("workbooks/<int:pk>/take/", workbook.take_over, name="take_workbook_over"),
    path("workbooks/<int:pk>/discard/", workbook.discard, name="discard_workbook"),
    path("<slug:slug>/workbook/", workbook.workbook, name="workbook"),
    path("<slug:slug>/workbook/download/", workbook.download, name="workbook_download"),
    path("<slug:slug>/balance/", balancing.balance, name="balance"),
    path("<slug:slug>/ranking/", ranking.ranking, name="ranking"),
    path("<slug:slug>/ranking/state/", ranking.ranking_state, name="ranking_state"),
    path("<slug:slug>/ranking/statistics/", studies.statistics, name="statistics"),
    path("<slug:slug>/ranking/statistics/ask/", studies.ask_study, name="ask_study"),
    path("<slug:slug>/ranking/statistics/progress/", studies.study_progress, name="study_progress"),
    path("<slug:slug>/ranking/what-if/", studies.what_if, name="what_if"),
    path("<slug:slug>/close/", ranking.close, name="close"),
    path("<slug:slug>/reopen/", ranking.reopen, name="reopen"),
]
