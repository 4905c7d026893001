"""What the public verification pages take: a code, or a file to compare."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from documents.rules.codes import typed_code
from inputs.forms.widgets import CodeInput

# Our longest reports stay far below; it bounds what a stranger can make the server read.
COMPARED_FILE_LIMIT = 20 * 1024 * 1024


def too_large(size: int) -> forms.ValidationError:
    """That a file of so many bytes is not compared."""
    return forms.ValidationError(
        _("The file has %(size)s; at most %(limit)s can be compared."),
        params={"size": filesizeformat(size), "limit": filesizeformat(COMPARED_FILE_LIMIT)},
    )


class CodeForm(forms.Form):
    """The code that somebody typed from a letter; clean value: the code without hyphens."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=200,
        help_text=_("Five groups of four letters and digits, at the foot of every page."),
        error_messages={"required": _("Type the code that stands at the foot of the letter.")},
        widget=CodeInput(attrs={"autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        code = typed_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                _("This is not a complete code: it has 20 letters and digits.")
            )
        return code


class ComparisonForm(forms.Form):
    """A file that somebody was given, or its SHA-256 where the browser has made it itself.

    Clean values: `sha256`, in hex, and `beginning`, that of as many first bytes as the letter has (""
    where the file has no more). A file is hashed while it arrives (`documents.views.hashing`);
    of one that was refused unread, `excess` is what was announced (bytes).
    """

    limit = COMPARED_FILE_LIMIT
    file = forms.FileField(
        label=_("The PDF that you were given"),
        required=False,
        help_text=_("At most 20 MB. It is compared and not kept."),
        error_messages={"empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": "application/pdf", "data-hashed": ""}),
    )
    sha256 = forms.CharField(
        required=False,
        widget=forms.HiddenInput,
        validators=[RegexValidator(r"^[0-9a-f]{64}\Z")],
    )
    beginning = forms.CharField(
        required=False,
        widget=forms.HiddenInput,
        validators=[RegexValidator(r"^[0-9a-f]{64}\Z")],
    )

    def __init__(self, *args: Any, excess: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.excess = excess

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if self.excess:
            self.add_error("file", too_large(self.excess))
            return cleaned
        file = cleaned.get("file")
        if file:
            if file.size > COMPARED_FILE_LIMIT:
                self.add_error("file", too_large(file.size))
            cleaned["sha256"], cleaned["beginning"] = file.sha256, file.beginning
        elif not self.errors and not cleaned.get("sha256"):
            self.add_error("file", _("Choose the file that you want to compare."))
        return cleaned
