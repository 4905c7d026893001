"""A client of tus 1.0.0, as the tests need it."""

from __future__ import annotations

import base64

from django.urls import reverse

from tests.files import samples

PDF = samples.pdf(pages=40)
SIZE = len(PDF)
HALF = SIZE // 2


def base64_of(value):
    return base64.b64encode(value.encode() if isinstance(value, str) else value).decode()


def metadata(name="plan.pdf", target="shelf", key="shelf-1"):
    pairs = {"filename": name, "target": target, "key": key}
    return ",".join(f"{word} {base64_of(value)}" for word, value in pairs.items())


def begin(client, size=SIZE, told=None, **headers):
    return client.post(
        reverse("files:uploads"),
        headers={
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(size),
            "Upload-Metadata": told or metadata(),
            **headers,
        },
    )


def ask(client, method, address, content=b"", **headers):
    return client.generic(
        method,
        address,
        content,
        content_type=headers.pop("type", "application/offset+octet-stream"),
        headers={"Tus-Resumable": "1.0.0", **headers},
    )


def patch(client, address, content, offset, **headers):
    return ask(client, "PATCH", address, content, **{"Upload-Offset": str(offset), **headers})
