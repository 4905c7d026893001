"""Addresses of calls."""

from django.urls import path

from .views import amendments, building, downloads, lists, public, questions

app_name = "calls"
urlpatterns = [
    path("", lists.listing, name="list"),
    path("manage/", lists.manage, name="manage"),
    path("new/", building.create, name="create"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/form.pdf", downloads.form_pdf, name="form_pdf"),
    path("<slug:slug>/form.docx", downloads.form_docx, name="form_docx"),
    path("<slug:slug>/copy/", building.copy, name="copy"),
    path("<slug:slug>/build/", building.build, name="build"),
    path("<slug:slug>/edit/", building.edit, name="edit"),
    path("<slug:slug>/timetable/", building.timetable, name="timetable"),
    path("<slug:slug>/money/", building.money, name="money"),
    path("<slug:slug>/quotas/", building.quotas, name="quotas"),
    path("<slug:slug>/rules/", building.rules, name="rules"),
    path("<slug:slug>/criteria/", building.criteria, name="criteria"),
    path("<slug:slug>/declaration/", building.declaration, name="declaration"),
    path("<slug:slug>/themes/", building.themes, name="themes"),
    path("<slug:slug>/plans/", building.plans, name="plans"),
    path("<slug:slug>/purchases/", building.purchases, name="purchases"),
    path("<slug:slug>/form/", questions.outline, name="form"),
    path("<slug:slug>/form/sections/add/", questions.add_section, name="add_section"),
    path(
        "<slug:slug>/form/sections/<int:section_pk>/", questions.edit_section, name="edit_section"
    ),
    path(
        "<slug:slug>/form/sections/<int:section_pk>/arrange/",
        questions.arrange_section,
        name="arrange_section",
    ),
    path(
        "<slug:slug>/form/sections/<int:section_pk>/ask/",
        questions.add_question,
        name="add_question",
    ),
    path(
        "<slug:slug>/form/questions/<int:question_pk>/",
        questions.edit_question,
        name="edit_question",
    ),
    path(
        "<slug:slug>/form/questions/<int:question_pk>/arrange/",
        questions.arrange_question,
        name="arrange_question",
    ),
    path("<slug:slug>/preview/", questions.preview, name="preview"),
    path("<slug:slug>/open/", building.open_call, name="open"),
    path("<slug:slug>/amend/", amendments.amend, name="amend"),
]
