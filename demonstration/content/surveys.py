"""What the clusters of the demonstration answer months after their voucher; figures are made up."""

from __future__ import annotations

AFTERWARDS = {
    "en": "Two members now sell to buyers whom they met during the voucher. (Made up.)",
    "fr": "Deux membres vendent à des clients rencontrés pendant le bon. (Inventé.)",
    "ar": "يبيع عضوان اليوم لمشترين التقيا بهم خلال القسيمة. (مختلَق.)",
}
COUNTED_AGAIN = {
    "en": "Asked each member by telephone.",
    "fr": "Chaque membre a été interrogé par téléphone.",
    "ar": "سُئل كل عضو بالهاتف.",
}
