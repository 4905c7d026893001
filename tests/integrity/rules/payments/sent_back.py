"""A control that an approver sends back, and the one that counts instead."""

from tests.integrity.rules.statements import (
    NEITHER,
    after,
    approval,
    carried_to,
    controlled,
    gone_back,
    heading,
    moved,
    rule,
    said_back,
    verified,
)

SENT_BACK = after(*carried_to("verified"), said_back(), gone_back())
REMARK = (
    "INSERT INTO vouchers_remarkonline (sent_back_id, line_id, text)"
    " SELECT id, {line}, {text} FROM vouchers_sentback WHERE claim_id = %(open_claim)s"
)

heading("A control that is sent back")
rule(
    "It is sent back for a reason.",
    after(*carried_to("verified"), said_back(reason="''"), gone_back()),
    "a_control_is_sent_back_for_a_reason",
)
rule(
    "Not by who made it.",
    after(*carried_to("verified"), said_back(by="officer"), gone_back()),
    "control and approval are two people",
)
rule(
    "Only before the claim is approved.",
    after(*carried_to("approved"), said_back()),
    "the control in force is sent back, before the claim is approved",
)
rule(
    "No claim goes back without it.",
    after(*carried_to("verified"), gone_back()),
    "A claim goes back to its controller with the reason of an approver",
)
rule(
    "Nor stays with it.",
    after(*carried_to("verified"), said_back()),
    "a claim whose control was sent back is controlled anew",
)
rule(
    "What it found is no longer said of the claim.",
    after(*carried_to("verified"), said_back(), gone_back(eligible="eligible")),
    "stands then unless the control is sent back",
)
rule(
    "It is sent back once.",
    after(SENT_BACK, said_back()),
    "the control in force is sent back, before the claim is approved",
)
rule(
    "What was sent back verifies nothing.",
    after(SENT_BACK, verified()),
    "a verified claim is what its control found",
)
rule(
    "It is not approved.",
    after(SENT_BACK, approval()),
    "an approval is of a verified claim, in its order",
)
rule(
    "An approval that was given on it does not count.",
    after(
        *carried_to("verified"),
        approval(),
        said_back(by="booker"),
        gone_back(),
        controlled(number="2", reason="'x'"),
        verified(),
        moved("approved", "coordinator"),
    ),
    "a claim is approved by as many people as its sum needs",
)
rule(
    "Who made the control that was sent back approves no other.",
    after(
        SENT_BACK,
        controlled(by="finance", number="2", reason="'x'"),
        verified(by="finance"),
        approval(by="officer"),
    ),
    "control and approval are two people",
)
rule(
    "Nor sends the next one back.",
    after(
        SENT_BACK,
        controlled(by="finance", number="2", reason="'x'"),
        verified(by="finance"),
        said_back(by="officer"),
    ),
    "control and approval are two people",
)
rule(
    "Who approved it controls no other.",
    after(
        *carried_to("verified"),
        approval(),
        said_back(by="booker"),
        gone_back(),
        controlled(by="coordinator", number="2", reason="'x'"),
        verified(by="coordinator"),
    ),
    "who approved a control that was sent back makes none",
)
rule(
    "The next control says what was changed.",
    after(SENT_BACK, controlled(number="2")),
    "a_later_control_says_why",
)
rule(
    "A remark is on a line of its claim.",
    after(
        *carried_to("verified"),
        said_back(),
        REMARK.format(line="%(paid_line)s", text="'x'"),
    ),
    "a remark is on a line of the claim",
)
rule(
    "And says something.",
    after(
        *carried_to("verified"),
        said_back(),
        REMARK.format(line="%(open_line)s", text="''"),
    ),
    "a_remark_on_a_line_says_something",
)
rule(
    "It is written with its sending back.",
    after(SENT_BACK, REMARK.format(line="%(open_line)s", text="'x'")),
    "a remark is on a line of the claim",
)
rule(
    "Why it was sent back stands.",
    after(SENT_BACK, "UPDATE vouchers_sentback SET reason = 'y' WHERE claim_id = %(open_claim)s"),
    NEITHER,
)
rule(
    "So do its remarks.",
    after(
        *carried_to("verified"),
        said_back(),
        REMARK.format(line="%(open_line)s", text="'x'"),
        gone_back(),
        "UPDATE vouchers_remarkonline SET text = 'y' WHERE line_id = %(open_line)s",
    ),
    NEITHER,
)
