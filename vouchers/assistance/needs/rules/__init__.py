"""Pure rules about records of needs."""

from .changes import ChangedNeed, Changes, FileContent, NeedContent, RecordContent, changes_between

__all__ = [
    "ChangedNeed",
    "Changes",
    "FileContent",
    "NeedContent",
    "RecordContent",
    "changes_between",
]
