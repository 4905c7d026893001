"""What tests of building a call do again and again."""

from __future__ import annotations


def timetable(**fields):
    return {
        "opens_at": "2027-03-01T09:00",
        "questions_until": "2027-03-20T12:00",
        "deadline": "2027-03-31T17:00",
        "decision_due": "2027-06-01",
        "assistance_starts": "2027-06-15",
        "assistance_ends": "2028-06-14",
        **fields,
    }
