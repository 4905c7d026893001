"""What the coordinators wrote themselves for the open call, in three languages."""

from __future__ import annotations

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
