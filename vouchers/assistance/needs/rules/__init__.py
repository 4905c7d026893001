"""Pure rules about records of needs."""

from .changes import ChangedNeed, Changes, NeedContent, RecordContent, changes_between

__all__ = ["ChangedNeed", "Changes", "NeedContent", "RecordContent", "changes_between"]
