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
# Where an address names a code: https://portal.example/verify/7Q4K-01ZX-…/
_IN_ADDRESS = re.compile(r".*/verify/([^/?#]+)", re.IGNORECASE | re.DOTALL)


def new_code() -> str:
    """A random code, without its hyphens."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """The code as people read and type it: 7Q4K-01ZX-…"""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def typed_code(text: str) -> str:
    """The code that a person meant: blanks, hyphens and case do not count, O is 0, I and L are 1.

    The address in the square is understood as well, and digits of every script. Empty when no code
    can be meant.
    """
    line = plain_line(text)
    address = _IN_ADDRESS.match(line)
    code = re.sub(r"[\W_]", "", address[1] if address else line).upper().translate(_MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
