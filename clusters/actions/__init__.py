"""Every write about who takes part."""

from .countries import set_up_country
from .profile import Achievement, register_cluster, save_track_record, update_profile

__all__ = [
    "Achievement",
    "register_cluster",
    "save_track_record",
    "set_up_country",
    "update_profile",
]
