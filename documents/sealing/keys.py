"""The key and the certificate that seal letters: a PKCS#12 file that a setting names.

Loaded once in each process, and again when the file changes. Whatever keeps letters from being sealed
is `NoSeal`, which says what: they wait meanwhile, and nothing is issued unsealed in their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PKCS12KeyAndCertificates,
    load_pkcs12,
)
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.sealing import is_sealing
from jobs.actions.attempts import Untimely

PrivateKey = EllipticCurvePrivateKey | RSAPrivateKey
Hash = SHA256 | SHA384 | SHA512
_HASHES: dict[str, type[Hash]] = {"sha256": SHA256, "sha384": SHA384, "sha512": SHA512}


class NoSeal(Untimely):
    """Letters cannot be sealed at present; the text says why."""


class LoadedSigner(Signer):
    """Signs with a key that is loaded already: pyHanko's own reads and checks it anew each time."""

    def __init__(
        self, key: PrivateKey, certificate: asn1.Certificate, chain: list[asn1.Certificate]
    ):
        self._key = key
        store = SimpleCertificateStore.from_certs(chain)  # type: ignore[no-untyped-call]
        super().__init__(signing_cert=certificate, cert_registry=store)

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: ARG002, FBT001, FBT002 - as pyHanko calls it
    ) -> bytes:
        digest = _HASHES[digest_algorithm]()
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), digest)
        return self._key.sign(data, ECDSA(digest))


@dataclass(frozen=True)
class SealingKey:
    """A key with its certificate, and what is said of it."""

    signer: LoadedSigner
    # Whose seal it is, as the certificate names them.
    holder: str
    # SHA-256 of the certificate, in hex.
    fingerprint: str
    # Whether it vouches for itself: nobody else has looked who its holder is.
    is_self_made: bool
    valid_from: datetime
    valid_until: datetime

    def require_valid(self, at: datetime) -> None:
        """Raise NoSeal unless the certificate holds at this instant."""
        if at < self.valid_from:
            raise NoSeal(f"The certificate of the seal holds from {self.valid_from:%Y-%m-%d} only.")
        if at > self.valid_until:
            raise NoSeal(f"The certificate of the seal expired on {self.valid_until:%Y-%m-%d}.")


def sealing_key() -> SealingKey:
    """The key that seals letters now. Raises NoSeal where it cannot be used."""
    if not is_sealing():
        raise NoSeal("No certificate of the seal is named (SEAL_CERTIFICATE).")
    path = Path(settings.SEAL_CERTIFICATE)
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise NoSeal(f"The certificate of the seal cannot be read: {error.strerror}.") from error
    key = _loaded(path, settings.SEAL_PASSPHRASE, changed)
    key.require_valid(timezone.now())
    return key


@lru_cache(maxsize=1)
def _loaded(path: Path, passphrase: str, _changed: int) -> SealingKey:
    try:
        held = load_pkcs12(path.read_bytes(), passphrase.encode() or None)
    except OSError as error:
        raise NoSeal(f"The certificate of the seal cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise NoSeal("The file of the seal is no PKCS#12, or its passphrase is wrong.") from error
    return _as_key(held)


def _as_key(held: PKCS12KeyAndCertificates) -> SealingKey:
    key = held.key
    if held.cert is None or key is None:
        raise NoSeal("The file of the seal holds no key with its certificate.")
    if not isinstance(key, EllipticCurvePrivateKey | RSAPrivateKey):
        raise NoSeal("The key of the seal is neither RSA nor of an elliptic curve.")
    certificate = held.cert.certificate
    if key.public_key() != certificate.public_key():
        raise NoSeal("The key of the seal is not that of its certificate.")
    chain = [_asn1(other.certificate) for other in held.additional_certs]
    return SealingKey(
        LoadedSigner(key, _asn1(certificate), chain),
        holder_of(certificate),
        certificate.fingerprint(SHA256()).hex(),
        _vouches_for_itself(certificate),
        certificate.not_valid_before_utc.astimezone(UTC),
        certificate.not_valid_after_utc.astimezone(UTC),
    )


def holder_of(certificate: x509.Certificate) -> str:
    """Whom a certificate names: the common name and the organisation, where they differ."""
    named = [
        str(found[0].value)
        for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
        if (found := certificate.subject.get_attributes_for_oid(kind))
    ]
    return ", ".join(dict.fromkeys(named)) or certificate.subject.rfc4514_string()


def _vouches_for_itself(certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(certificate)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))
