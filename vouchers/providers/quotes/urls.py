"""Addresses of requests for quotes; `pk` is the terms' unless the path says otherwise."""

from django.urls import path

from .views import answering, inviting, judging, opening, terms

app_name = "quotes"
urlpatterns = [
    path("<int:pk>/", terms.terms, name="terms"),
    path("<int:pk>/edit/", terms.edit, name="edit"),
    path("<int:pk>/ask/", terms.ask, name="ask"),
    path("<int:pk>/extend/", terms.extend, name="extend"),
    path("<int:pk>/end/", terms.end, name="end"),
    path("<int:pk>/invite/", inviting.invite, name="invite"),
    path("<int:pk>/derogation/", inviting.ask_for_derogation, name="derogation"),
    path("derogations/<int:pk>/answer/", inviting.answer_derogation, name="answer_derogation"),
    path("invitations/<int:pk>/withdraw/", inviting.withdraw, name="withdraw_invitation"),
    path("invitations/<int:pk>/again/", inviting.send_again, name="send_again"),
    path("<int:pk>/opening/call/", opening.call_opening, name="call_opening"),
    path("<int:pk>/opening/", opening.open_quotes, name="open"),
    path("<int:pk>/interests/", judging.interests, name="interests"),
    path("<int:pk>/compare/", judging.compare, name="compare"),
    path("<int:pk>/compare.xlsx", judging.compare_xlsx, name="compare_xlsx"),
    path("<int:pk>/choose/<int:quote_pk>/", judging.choose, name="choose"),
    path("<int:pk>/choice/", judging.answer_choice, name="answer_choice"),
    path("files/<int:pk>/", judging.quote_file, name="file"),
    path("answer/<str:secret>/", answering.AnswerPage.as_view(), name="answer"),
    path("answer/<str:secret>/terms.pdf", answering.TermsPdf.as_view(), name="terms_pdf"),
    path("answer/<str:secret>/files/", answering.AddFile.as_view(), name="add_file"),
    path("answer/<str:secret>/files/<int:pk>/", answering.OwnFile.as_view(), name="own_file"),
    path(
        "answer/<str:secret>/files/<int:pk>/remove/",
        answering.RemoveFile.as_view(),
        name="remove_file",
    ),
    path("answer/<str:secret>/withdraw/", answering.Withdraw.as_view(), name="withdraw"),
    path("answer/<str:secret>/revise/", answering.Revise.as_view(), name="revise"),
]
