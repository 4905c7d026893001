"""Addresses of clusters."""

from django.urls import path

from .views import (
    bank,
    directory,
    growth,
    imports,
    letterheads,
    members,
    pages,
    partners,
    people,
    profile,
)

app_name = "clusters"
urlpatterns = [
    path("", directory.directory, name="directory"),
    path("mine/", profile.mine, name="mine"),
    path("register/", profile.register, name="register"),
    path("pages/", pages.waiting_pages, name="waiting_pages"),
    path("pages/<int:pk>/", pages.review_page, name="review_page"),
    path("pages/<int:pk>/approve/", pages.approve_page, name="approve_page"),
    path("pages/<int:pk>/return/", pages.return_page, name="return_page"),
    path("pages/<int:pk>/logo/", pages.page_logo, name="page_logo"),
    path("letterheads/", letterheads.letterheads, name="letterheads"),
    path("letterheads/<str:code>/", letterheads.letterhead, name="letterhead"),
    path("letterheads/<str:code>/logo/", letterheads.letterhead_logo, name="letterhead_logo"),
    path("partners/<str:code>/bank/", partners.bank, name="partner_bank"),
    path(
        "partners/<str:code>/bank/change/", partners.change_account, name="change_partner_account"
    ),
    path(
        "partners/<str:code>/bank/<int:pk>/verify/",
        partners.verify_account,
        name="verify_partner_account",
    ),
    path("invitations/<str:token>/", people.invitation, name="invitation"),
    path("<slug:slug>/", directory.detail, name="detail"),
    path("<slug:slug>/logo.webp", pages.public_logo, name="public_logo"),
    path("<slug:slug>/edit/", profile.edit, name="edit"),
    path("<slug:slug>/mission/", profile.mission, name="mission"),
    path("<slug:slug>/track-record/", profile.track_record, name="track_record"),
    path("<slug:slug>/members/", members.members, name="members"),
    path("<slug:slug>/members/add/", members.add_member, name="add_member"),
    path("<slug:slug>/members/count/", members.derive_members, name="derive_members"),
    path("<slug:slug>/members/<int:pk>/", members.edit_member, name="edit_member"),
    path("<slug:slug>/members/<int:pk>/left/", members.member_left, name="member_left"),
    path("<slug:slug>/members/list/", imports.upload_list, name="upload_list"),
    path("<slug:slug>/members/list/template/", imports.list_template, name="list_template"),
    path("<slug:slug>/members/list/<int:pk>/", imports.list_preview, name="list_preview"),
    path("<slug:slug>/members/list/<int:pk>/take/", imports.take_list_over, name="take_list_over"),
    path("<slug:slug>/members/list/<int:pk>/discard/", imports.discard_list, name="discard_list"),
    path("<slug:slug>/growth/", growth.growth, name="growth"),
    path("<slug:slug>/growth/add/", growth.add_figures, name="add_figures"),
    path("<slug:slug>/growth/<int:pk>/", growth.edit_figures, name="edit_figures"),
    path("<slug:slug>/bank/", bank.bank, name="bank"),
    path("<slug:slug>/bank/change/", bank.change_account, name="change_account"),
    path("<slug:slug>/bank/<int:pk>/verify/", bank.verify_account, name="verify_account"),
    path("<slug:slug>/page/", pages.page, name="page"),
    path("<slug:slug>/page/down/", pages.take_page_down, name="take_page_down"),
    path("<slug:slug>/page/logo/", pages.logo, name="logo"),
    path("<slug:slug>/page/logo/now/", pages.private_logo, name="private_logo"),
    path("<slug:slug>/people/", people.people, name="people"),
    path("<slug:slug>/people/<int:pk>/level/", people.change_level, name="change_level"),
    path("<slug:slug>/people/<int:pk>/hand-over/", people.hand_over, name="hand_over"),
    path(
        "<slug:slug>/people/<int:pk>/remove/",
        people.remove_representative,
        name="remove_person",
    ),
    path(
        "<slug:slug>/people/invitations/<int:pk>/again/",
        people.resend_invitation,
        name="resend_invitation",
    ),
    path(
        "<slug:slug>/people/invitations/<int:pk>/withdraw/",
        people.withdraw_invitation,
        name="withdraw_invitation",
    ),
]
