"""Letters: what the funder asks to be said on them, where the coordination team sits, the seal."""

from environs import validate

from .environment import DATA_DIR, DEMO, env

# Whether the European Union pays all of it, or a part: "funded" or "co-funded" stands beside the emblem.
FUNDING = env.str("FUNDING", "funded", validate=validate.OneOf(["funded", "co-funded"]))
# The address on letters that the coordination team signs, its lines separated by semicolons.
COORDINATION_ADDRESS = [
    line.strip() for line in env.str("COORDINATION_ADDRESS", "").split(";") if line.strip()
]
# The PKCS#12 file with the key and the certificate that seal letters, and its passphrase. The
# demonstration makes one for itself; where none is named, letters bear no seal, and
# their verification page says so.
SEAL_CERTIFICATE = env.str("SEAL_CERTIFICATE", str(DATA_DIR / "seal.p12") if DEMO else "")
SEAL_PASSPHRASE = env.str("SEAL_PASSPHRASE", "")
