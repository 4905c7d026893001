"""Terms of reference, who is asked, what they offer, and what is chosen."""

from .asked import TermsGround, TermsMilestone
from .deciding import InterestDeclaration, QuoteChoice, QuoteMark
from .derogations import Derogation
from .invitations import QuoteInvitation
from .links import QuoteLink
from .mails import QuoteMail
from .opening import OpeningCall, QuoteOpening
from .quotes import Quote, QuoteFile, QuoteLine
from .rates import QuoteRate
from .terms import TermsOfReference

__all__ = [
    "Derogation",
    "InterestDeclaration",
    "OpeningCall",
    "Quote",
    "QuoteChoice",
    "QuoteFile",
    "QuoteInvitation",
    "QuoteLine",
    "QuoteLink",
    "QuoteMail",
    "QuoteMark",
    "QuoteOpening",
    "QuoteRate",
    "TermsGround",
    "TermsMilestone",
    "TermsOfReference",
]
