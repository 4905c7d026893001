"""Which of the installed front-end files are served: those that a page asks for."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class PortalStaticFilesConfig(StaticFilesConfig):
    """Leaves out builds of Bootstrap, htmx and idiomorph that no page uses: compressing takes time."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "bootstrap-*",
        "bootstrap*.js*",
        "bootstrap.css*",
        "bootstrap.rtl.css*",
        "htmx.amd.js",
        "htmx.cjs.js",
        "htmx.esm.*",
        "htmx.js",
        # django-htmx brings htmx too, in several versions.
        "htmx-[0-9]*",
        "htmax-*",
        "idiomorph.*",
        "idiomorph-htmx.js",
        "idiomorph-ext.js",
        "idiomorph-ext.esm.js",
        "*.d.ts",
        "browser-test-bundle.js",
        "tus.js*",
        "*.gz",
        "ext",
    ]
