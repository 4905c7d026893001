"""The app of saved views, which every list asks before it answers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedViewsConfig(AppConfig):
    name = "saved_views"
    verbose_name = _("saved views")

    def ready(self) -> None:
        from lists.views import before_answers

        from .panels import view_to_begin_with

        before_answers(view_to_begin_with)
