"""The files of the pages are collected as production does it, each reference among them resolved."""

from django.core.management import call_command


def test_every_file_that_another_names_is_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()
    assert (tmp_path / "vendor/bootstrap/css/bootstrap.rtl.min.css").exists()
    # Nothing is collected that no page asks for, and maps are not compressed: it takes time.
    collected = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert not [name for name in collected if name.startswith(("htmx-", "htmax-"))]
    assert "django-htmx.js" in collected
    assert not [name for name in collected if name.endswith((".map.br", ".map.gz"))]
