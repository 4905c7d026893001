"""What the coordinators wrote themselves for the open call, in three languages.

The end of the acknowledgement, and the subject of the e-mail that brings it.
"""

from __future__ import annotations

from accounts.models import User
from texts.actions import TextPlace, save_wording
from texts.kinds import Family, kinds_of
from vouchers.calls.models import Call

# Of the acknowledgement: what stands at its end.
CLOSING = {
    "en": "Until then there is nothing that you need to do. A few days after the deadline "
    "your country partner explains in a meeting online how applications are assessed; "
    "the link comes by e-mail.",
    "fr": "D’ici là, vous n’avez rien à faire. Quelques jours après la date limite, "
    "votre partenaire national explique lors d’une réunion "
    "en ligne comment les candidatures sont évaluées\N{NO-BREAK SPACE}; "
    "le lien arrive par courriel.",
    "ar": "حتى ذلك الحين لا يلزمكم القيام بأي شيء. وبعد أيام من الموعد النهائي يشرح شريككم الوطني "
    "في اجتماع عبر الإنترنت كيف تُقيَّم الطلبات، ويصل الرابط بالبريد الإلكتروني.",
}
# Of the e-mail that brings it.
SUBJECT = {
    "en": "Thank you: your application {reference} has arrived",
    "fr": "Merci\N{NO-BREAK SPACE}: votre candidature {reference} est arrivée",
    "ar": "شكراً لكم: وصل طلبكم {reference}",
}


def word_receipts(call: Call, by: User) -> None:
    """Say in each language what the call tells whoever has sent an application."""
    letter = kinds_of(Family.LETTER)["acknowledgement"]
    mail = kinds_of(Family.MAIL)["application-received"]
    for language, closing in CLOSING.items():
        save_wording(TextPlace(letter, language, call), {"closing": closing}, seen=0, by=by)
        subject = {"subject": SUBJECT[language]}
        save_wording(TextPlace(mail, language, call), subject, seen=0, by=by)
