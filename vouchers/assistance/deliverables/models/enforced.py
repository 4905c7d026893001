"""What triggers enforce of deliverables where no constraint can; `ENFORCED` says it in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# An amendment that takes the milestone away at the same instant waits for its row, or is waited for.
OF_A_MILESTONE_IN_FORCE = """
    PERFORM FROM vouchers_milestone WHERE id = NEW.milestone_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM vouchers_milestone WHERE id = NEW.milestone_id AND removed_in_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a deliverable is of a milestone in force' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_deliverable_is_of_a_milestone_in_force';
    END IF;
    RETURN NEW;
"""

NUMBERED_IN_ORDER = """
    NEW.number <> 1 + (
        SELECT COALESCE(max(number), 0) FROM vouchers_deliverable
        WHERE milestone_id = NEW.milestone_id
    )
"""

# Asked at the end of the transaction, when files and answers stand.
WHOLE = """
    IF NOT EXISTS (SELECT FROM vouchers_deliverablefile WHERE deliverable_id = NEW.id) THEN
        RAISE EXCEPTION 'a deliverable has a file' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_deliverable_has_a_file';
    END IF;
    IF EXISTS (
        SELECT FROM vouchers_deliverablepoint point
            JOIN vouchers_deliverable earlier ON earlier.id = point.deliverable_id
        WHERE earlier.milestone_id = NEW.milestone_id AND earlier.number = NEW.number - 1
            AND point.sent_at IS NOT NULL AND NOT EXISTS (
                SELECT FROM vouchers_pointanswer answer
                WHERE answer.point_id = point.id AND answer.version_id = NEW.id
            )
    ) THEN
        RAISE EXCEPTION 'a version answers every point of the one before' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_version_answers_every_point';
    END IF;
    RETURN NULL;
"""

# Who still says that something must be mended does not accept; who returns says what is wrong.
AS_THE_POINTS_SAY = """
    IF NEW.state <> 'returned' AND EXISTS (
        SELECT FROM vouchers_deliverablepoint WHERE deliverable_id = NEW.id AND weight = 'must'
            AND side = CASE NEW.state WHEN 'accepted' THEN 'partner' ELSE 'cluster' END
    ) THEN
        RAISE EXCEPTION 'what must be mended is not accepted' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'what_must_be_mended_is_not_accepted';
    END IF;
    IF NEW.state = 'returned' AND NEW.return_reason = '' AND NOT EXISTS (
        SELECT FROM vouchers_deliverablepoint
        WHERE deliverable_id = NEW.id AND sent_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a return says what is wrong' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_return_says_what_is_wrong';
    END IF;
    RETURN NEW;
"""

ANSWERS_THE_VERSION_BEFORE = """
    NOT EXISTS (
        SELECT FROM vouchers_deliverablepoint point
            JOIN vouchers_deliverable earlier ON earlier.id = point.deliverable_id
            JOIN vouchers_deliverable later ON later.milestone_id = earlier.milestone_id
                AND later.number = earlier.number + 1
        WHERE point.id = NEW.point_id AND later.id = NEW.version_id AND point.sent_at IS NOT NULL
    )
"""

SENTENCES_OF_DELIVERABLES = {
    "a_deliverable_is_of_a_milestone_in_force": _(
        "An amendment took this milestone out of the plan: nothing is handed in or accepted for it."
    ),
    "a_deliverable_has_a_file": _("Choose at least one file."),
    "a_version_answers_every_point": _("Answer each point: it is done, or say why it is not done."),
    "what_must_be_mended_is_not_accepted": _(
        "You noted points that must be mended: return the version, or take these points back."
    ),
    "a_return_says_what_is_wrong": _("Say why you return it, or note at least one point."),
}
