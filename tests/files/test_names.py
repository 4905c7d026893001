"""Names of files lose what could deceive or harm."""

from __future__ import annotations

import pytest

from files.rules.names import safe_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Rana\\plan.pdf", "plan.pdf"),
        ("gpj\u202efdp.exe", "gpjfdp.exe"),
        ("a\x00b\n\tc.pdf", "abc.pdf"),
        ('pl<a>n: "1"?.pdf', "pl_a_n_ _1__.pdf"),
        ("  .hidden..pdf ", "hidden.pdf"),
        ("خطة النمو.pdf", "خطة النمو.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("\u202e", "file"),
        ("", "file"),
    ],
)
def test_names_lose_what_could_deceive(given, kept):
    assert safe_name(given) == kept
