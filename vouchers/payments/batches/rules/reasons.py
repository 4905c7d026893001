"""Which reasons of a bank are about the account of the payee, so that it is not paid again unchanged.

The codes are those of ISO 20022 (External Code Sets: ExternalStatusReason1Code and
ExternalReturnReason1Code, published quarterly on iso20022.org); their sentences stand in
`batches/wording/reasons.py`.
"""

from __future__ import annotations

# A reason about number, bank or holder of the payee's account that does not pass by itself.
OF_THE_ACCOUNT = frozenset(
    {
        *("AC01", "AC03", "AC04", "AC14", "AG01"),
        *("RC01", "RC04", "RC07", "BE01", "BE06", "MD07"),
    }
)
# The bank has the file already: nothing was refused but its second copy.
HAS_IT_ALREADY = frozenset({"DUPL", "AM05", "DU01", "DU02", "DU03", "DU04", "DU05"})
