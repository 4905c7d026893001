"""Addresses of assigning and assessing."""

from django.urls import path

from .views import (
    assessments,
    assignments,
    attachments,
    conflicts,
    lists,
    printed_sheets,
    profiles,
    register,
    saving,
    worklist,
    workload,
)

urlpatterns = [
    path("", lists.listing, name="list"),
    path("mine/", worklist.mine, name="mine"),
    path("applications/<int:pk>/", assignments.application, name="application"),
    path("assignments/<int:pk>/", assessments.assignment, name="assignment"),
    path("assignments/<int:pk>/save/", saving.save, name="save"),
    path("assignments/<int:pk>/session/", saving.session, name="session"),
    path("assignments/<int:pk>/correct/", assessments.correct, name="correct"),
    path("assignments/<int:pk>/conflict/", conflicts.conflict, name="conflict"),
    path("assignments/<int:pk>/decline/", assignments.decline, name="decline"),
    path("assignments/<int:pk>/extend/", assignments.extend, name="extend"),
    path("assignments/<int:pk>/replace/", assignments.replace, name="replace"),
    path("assignments/<int:pk>/release/", assignments.release, name="release"),
    path("assignments/<int:pk>/files/<int:file_pk>/", attachments.attachment, name="attachment"),
    path(
        "assignments/<int:pk>/files/<int:file_pk>/pages/<int:number>/",
        attachments.preview,
        name="preview",
    ),
    path("assignments/<int:pk>/sheet/", printed_sheets.print_sheet, name="print_sheet"),
    path("conflicts/", register.conflicts, name="register"),
    path("conflicts/export/", register.export, name="register_export"),
    path("profile/", profiles.profile, name="profile"),
    path("<slug:slug>/due/", assignments.due, name="due"),
    path("<slug:slug>/balance/", workload.balance, name="balance"),
]
