"""What somebody writes who looked at a possible duplicate."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RemarkForm(forms.Form):
    """What was found when looking at a possible duplicate."""

    remark = forms.CharField(
        label=_("What did you find?"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
    )
