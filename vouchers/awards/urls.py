"""Addresses of selections and awards."""

from django.urls import path

from .batches import views as batches
from .dossiers import views as dossiers
from .proposals import views as proposals
from .views import (
    appeals,
    ceilings,
    countersigning,
    extending,
    feedback,
    lists,
    offers,
    reserve,
    selection,
    signing,
)

app_name = "awards"
urlpatterns = [
    path("", lists.rounds, name="rounds"),
    path("propose/<slug:slug>/", selection.propose, name="propose"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("rounds/<int:pk>/", selection.selection, name="round"),
    path("rounds/<int:pk>/approve/", selection.approve, name="approve"),
    path("rounds/<int:pk>/publication/", selection.move_publication, name="move_publication"),
    path("rounds/<int:pk>/return/", selection.send_back, name="return"),
    path("rounds/<int:pk>/decisions.csv", selection.annex, name="annex"),
    path("rounds/<int:pk>/dossier/", dossiers.ask, name="ask_dossier"),
    path("rounds/<int:pk>/letters/", batches.letters, name="letters"),
    path("rounds/<int:pk>/letters.zip", batches.download, name="download_letters"),
    path("batches/<int:pk>/", batches.batch, name="batch"),
    path("batches/<int:pk>/pause/", batches.steer, {"step": "pause"}, name="pause_batch"),
    path("batches/<int:pk>/resume/", batches.steer, {"step": "resume"}, name="resume_batch"),
    path("batches/<int:pk>/retry/", batches.steer, {"step": "retry"}, name="retry_batch"),
    path("batches/<int:pk>/stop/", batches.steer, {"step": "stop"}, name="stop_batch"),
    path("dossiers/<int:pk>/", dossiers.dossier, name="dossier"),
    path("dossiers/<int:pk>/download/", dossiers.download, name="download_dossier"),
    path("decisions/<int:pk>/feedback/", feedback.feedback, name="feedback"),
    path("reserve/<int:pk>/offer/", reserve.offer, name="offer_reserve"),
    path("applications/<int:pk>/review/", appeals.ask_for_review, name="ask_for_review"),
    path("reviews/<int:pk>/", appeals.appeal, name="appeal"),
    path("reviews/<int:pk>/write/", appeals.write, name="write_on_appeal"),
    path("reviews/<int:pk>/decide/", appeals.decide, name="decide_appeal"),
    path("ceilings/<int:pk>/", ceilings.ceiling, name="ceiling"),
    path("ceilings/decide/<int:pk>/", ceilings.decide, name="decide_ceiling"),
    path("<int:pk>/", offers.award, name="award"),
    path("<int:pk>/accept/", signing.accept, name="accept"),
    path("<int:pk>/countersign/", countersigning.countersign, name="countersign"),
    path("<int:pk>/agreement/", signing.draft, name="agreement_draft"),
    path("<int:pk>/extend/", extending.extend, name="extend"),
    path("<int:pk>/decline/", offers.decline, name="decline"),
]
