"""Addresses of scoring, gathered from its sub-rooms."""

from .assessing.urls import urlpatterns as assessing
from .consensus.urls import urlpatterns as consensus
from .exports.urls import urlpatterns as exports
from .offline.urls import urlpatterns as offline
from .ranking.urls import urlpatterns as ranking
from .reliability.urls import urlpatterns as reliability
from .support.urls import urlpatterns as support

app_name = "scoring"
urlpatterns = [*assessing, *consensus, *offline, *ranking, *reliability, *exports, *support]
