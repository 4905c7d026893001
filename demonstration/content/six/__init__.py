"""What is told of the six vouchers of the article, by the name of the cluster in `programme.json`."""

from __future__ import annotations

from .ce3m import CE3M
from .menara import MENARA
from .olive import OLIVE
from .parts import VoucherWords
from .qoot import QOOT
from .softshore import SOFTSHORE
from .textile import TEXTILE

WORDS: dict[str, VoucherWords] = {
    "QOOT Cluster": QOOT,
    "Lebanon SoftShore Cluster": SOFTSHORE,
    "Cluster MENARA": MENARA,
    "Cluster Electronique & Mécatronique (CE3M)": CE3M,
    "Cluster de Textile Technique du Sahel": TEXTILE,
    "Cluster Huile d'Olive du Nord Ouest": OLIVE,
}

__all__ = ["WORDS", "VoucherWords"]
