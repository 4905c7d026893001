"""The documents of a call: its application form, to be read before anybody registers."""

from .form import FORM, form_facts

__all__ = ["FORM", "form_facts"]
