"""What the public verification page takes: a code, or a file to compare."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from documents.rules.codes import typed_code
from inputs.forms.widgets import CodeInput

# Our longest reports stay far below; it bounds what a stranger can make the server read.
COMPARED_FILE_LIMIT = 20 * 1024 * 1024


class CodeForm(forms.Form):
    """The code that somebody typed from a letter; clean value: the code without hyphens."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=60,
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
    """A file that somebody wants to compare with the one that we issued."""

    file = forms.FileField(
        label=_("The PDF that you were given"),
        help_text=_("At most 20 MB. It is compared and not kept."),
        error_messages={
            "required": _("Choose the file that you want to compare."),
            "empty": _("The file is empty."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > COMPARED_FILE_LIMIT:
            raise forms.ValidationError(
                _("The file has %(size)s; at most %(limit)s can be compared."),
                params={
                    "size": filesizeformat(file.size),
                    "limit": filesizeformat(COMPARED_FILE_LIMIT),
                },
            )
        return file
