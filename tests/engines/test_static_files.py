"""The files of the pages are collected as production does it, each reference among them resolved."""

import json
import re

from django.core.management import call_command


def test_every_file_that_another_names_is_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "nextsociety.static_storage.HashedStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()
    assert (tmp_path / "vendor/bootstrap/css/bootstrap.rtl.min.css").exists()
    # Nothing is collected that no page asks for, and maps are not compressed: it takes time.
    collected = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert not [name for name in collected if name.startswith(("htmx-", "htmax-"))]
    assert "django-htmx.js" in collected
    assert not [name for name in collected if name.endswith((".map.br", ".map.gz"))]
    # Modules import one another by the names under which they are served, as pages name them too: by
    # another name the browser would load and run a second one.
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    imported = 0
    for name, hashed in names.items():
        if name.startswith("js/"):
            module = tmp_path / hashed
            for other in re.findall(r'from\s*"(\.[^"]+)"', module.read_text()):
                imported += 1
                found = (module.parent / other).resolve().relative_to(tmp_path.resolve())
                assert str(found) in names.values(), f"{name} imports {other}"
    assert imported > 10
