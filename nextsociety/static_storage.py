"""Static files under names that tell their content, scripts that import one another included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """As WhiteNoise's, with the addresses in `import … from "./other.js"` made into hashed ones."""

    support_js_module_import_aggregation = True
