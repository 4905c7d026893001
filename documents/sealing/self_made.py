"""A certificate that vouches for itself, for the demonstration and the tests.

It proves that a letter was not changed, and not who sealed it; the verification page says so.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

# The clock of the demonstration is set to where its story stands.
VALID_FROM, VALID_UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)


def make_certificate(
    path: Path,
    holder: str,
    *,
    passphrase: str = "",
    valid_from: datetime = VALID_FROM,
    valid_until: datetime = VALID_UNTIL,
) -> None:
    """Write a new key (P-256) with its certificate in the name of `holder` to `path`, as PKCS#12."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, holder)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_until)
        .add_extension(_FOR_SEALS, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    protection = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    path.parent.mkdir(parents=True, exist_ok=True)
    # Never half a file, and for nobody else to read.
    draft = path.with_suffix(".unfinished")
    draft.touch(mode=0o600)
    draft.write_bytes(
        pkcs12.serialize_key_and_certificates(None, key, certificate, None, protection)
    )
    draft.rename(path)


_FOR_SEALS = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
