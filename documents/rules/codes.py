"""The code on each document by which anybody can ask whether it is genuine."""

import re
import secrets

from inputs.rules.marks import plain_line

# Crockford's base 32: no I, L, O or U, so that nothing is misread or spells a word.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# 20 characters of 5 bits are 100 bits: nobody finds a code by trying.
LENGTH = 20
GROUP = 4

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A random code, without its hyphens."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """The code as people read and type it: 7Q4K-01ZX-…"""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def typed_code(text: str) -> str:
    """The code that a person meant: blanks, hyphens and case do not count, O is 0, I and L are 1.

    Empty when no code can be meant.
    """
    code = re.sub(r"[\W_]", "", plain_line(text)).upper().translate(_MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
