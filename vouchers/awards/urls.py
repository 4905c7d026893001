"""Addresses of selections and awards."""

from django.urls import path

from .views import appeals, awards, dossiers, feedback, reserve, selecting

app_name = "awards"
urlpatterns = [
    path("", selecting.rounds, name="rounds"),
    path("propose/<slug:slug>/", selecting.propose, name="propose"),
    path("rounds/<int:pk>/", selecting.selection, name="round"),
    path("rounds/<int:pk>/approve/", selecting.approve, name="approve"),
    path("rounds/<int:pk>/publication/", selecting.move_publication, name="move_publication"),
    path("rounds/<int:pk>/return/", selecting.send_back, name="return"),
    path("rounds/<int:pk>/decisions.csv", selecting.annex, name="annex"),
    path("rounds/<int:pk>/dossier/", dossiers.ask, name="ask_dossier"),
    path("dossiers/<int:pk>/", dossiers.dossier, name="dossier"),
    path("dossiers/<int:pk>/download/", dossiers.download, name="download_dossier"),
    path("decisions/<int:pk>/feedback/", feedback.feedback, name="feedback"),
    path("reserve/<int:pk>/offer/", reserve.offer, name="offer_reserve"),
    path("applications/<int:pk>/review/", appeals.ask_for_review, name="ask_for_review"),
    path("reviews/<int:pk>/", appeals.appeal, name="appeal"),
    path("reviews/<int:pk>/write/", appeals.write, name="write_on_appeal"),
    path("reviews/<int:pk>/decide/", appeals.decide, name="decide_appeal"),
    path("<int:pk>/", awards.award, name="award"),
    path("<int:pk>/accept/", awards.accept, name="accept"),
    path("<int:pk>/decline/", awards.decline, name="decline"),
]
