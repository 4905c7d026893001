"""How a manager of the story signs the agreement of an award, and a coordinator counter-signs it."""

from __future__ import annotations

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.actions import change_account
from demonstration.content.accounts import bank_account
from demonstration.content.banks import BICS
from links.rules.secrets import code_from
from vouchers.awards.actions import (
    SigningInput,
    send_countersigning_code,
    send_signing_code,
)
from vouchers.awards.letters.reading import agreement_to_read
from vouchers.awards.models import Award
from vouchers.awards.queries.signing import app_of
from vouchers.calls.models.terms.ways import WayOfUse
from vouchers.endings.amendments.actions import (
    send_amendment_code,
    send_amendment_countersigning_code,
)
from vouchers.endings.amendments.letters import amendment_to_read
from vouchers.endings.amendments.models import Amendment, SigningSide


def signed(award: Award, by: User) -> SigningInput:
    """The agreement read in the signatory's own language, and signed by a code from an e-mail."""
    text = agreement_to_read(award, by.language)
    code = send_signing_code(award, language=by.language, by=by)
    return SigningInput(
        name=str(by),
        function=_("Manager of the cluster"),
        language=text.language,
        shown=text.sha256,
        code=code_from(code.seed, settings.SECRET_KEY),
    )


def countersigned(award: Award, by: User) -> SigningInput:
    """What the cluster signed read by a coordinator, and signed by a code: of their app, or mailed."""
    app = app_of(by)
    if app is None:
        sent = send_countersigning_code(award, language=by.language, by=by)
        code = code_from(sent.seed, settings.SECRET_KEY)
    else:
        code = code_shown_by(app)
    return SigningInput(
        name=str(by),
        function=_("Coordinator of the programme"),
        language=award.signature.language,
        shown=award.signature.sha256,
        code=code,
    )


def amendment_signed(amendment: Amendment, by: User) -> SigningInput:
    """An amendment read in the manager's own language, and signed by a code: of their app, or mailed."""
    text = amendment_to_read(amendment, by.language)
    app = app_of(by)
    if app is None:
        sent = send_amendment_code(amendment, language=by.language, by=by)
        code = code_from(sent.seed, settings.SECRET_KEY)
    else:
        code = code_shown_by(app)
    return SigningInput(
        name=str(by),
        function=_("Manager of the cluster"),
        language=text.language,
        shown=text.sha256,
        code=code,
    )


def amendment_countersigned(amendment: Amendment, by: User) -> SigningInput:
    """What the cluster signed read by a second coordinator, and signed by a code."""
    app = app_of(by)
    if app is None:
        sent = send_amendment_countersigning_code(amendment, language=by.language, by=by)
        code = code_from(sent.seed, settings.SECRET_KEY)
    else:
        code = code_shown_by(app)
    first = amendment.signatures.get(side=SigningSide.CLUSTER)
    return SigningInput(
        name=str(by),
        function=_("Coordinator of the programme"),
        language=first.language,
        shown=first.sha256,
        code=code,
    )


def code_shown_by(app: Authenticator) -> str:
    """What the app shows now. Each works once: a story signs many in one moment of its clock.

    It is right for a period more, so that it may be typed at the turn of one.
    """
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    code: str = format_hotp_value(hotp_value(decrypt(app.data["secret"]), counter))
    cache.delete(TOTP(app)._get_used_cache_key(code))  # noqa: SLF001
    return code


def say_where_to_pay(award: Award, by: User) -> None:
    """Where the programme pays the cluster itself, its manager enters an account before signing."""
    if award.application.call.way_of_use != WayOfUse.CLUSTER:
        return
    cluster = award.application.cluster
    change_account(
        cluster,
        holder="Industry Cluster Association",
        bank="Bank of the Mediterranean",
        account=bank_account(cluster.country_id, 5900 + cluster.pk % 90),
        bic=BICS[cluster.country_id],
        currency="EUR",
        by=by,
    )
