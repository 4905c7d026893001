"""The themes of needs with which a call begins."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy
from i18nfield.strings import LazyI18nString

_THEMES = {
    "governance": pgettext_lazy("theme of needs", "Governance"),
    "services": pgettext_lazy("theme of needs", "Services to members"),
    "internationalisation": pgettext_lazy("theme of needs", "Internationalisation"),
    "innovation": pgettext_lazy("theme of needs", "Innovation"),
    "digital": pgettext_lazy("theme of needs", "Digital transformation"),
    "finance": pgettext_lazy("theme of needs", "Finance"),
    "communication": pgettext_lazy("theme of needs", "Communication"),
}


def usual_themes() -> list[dict[str, object]]:
    """Code and name (in every language) of each theme, in the order in which they are discussed."""
    return [
        {"code": code, "name": LazyI18nString.from_gettext(name)} for code, name in _THEMES.items()
    ]
