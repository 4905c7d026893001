"""Addresses of what is handed in; `pk` is the version's unless the path says otherwise."""

from django.urls import path

from .views import judging, versions

app_name = "deliverables"
urlpatterns = [
    path("milestones/<int:pk>/hand-in/", versions.hand_in, name="hand_in"),
    path("deliverables/<int:pk>/", versions.version, name="version"),
    path("deliverables/<int:pk>/judge/", judging.judge, name="judge"),
    path("deliverables/<int:pk>/accept/", judging.accept, name="accept"),
    path("deliverables/points/<int:pk>/drop/", judging.drop, name="drop"),
    path("deliverables/files/<int:pk>/", versions.file, name="file"),
    path("deliverables/files/<int:pk>/<int:number>/", versions.preview, name="preview"),
]
