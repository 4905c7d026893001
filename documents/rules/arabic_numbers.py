"""Whole numbers with what they count, in Arabic words as cheques and contracts write them.

Own code, since num2words writes 2, 102 and 101,000 wrong and knows neither genders nor the forms of
what is counted. Nominative; «مئة» in its modern spelling. Pure: no Django, no models.

The rules (any grammar, under العدد والمعدود): one and two are the noun itself; three to ten take its
plural and the opposite gender; eleven to ninety-nine its accusative singular; hundreds, thousands and
more its genitive singular, before which the dual drops its ن: مئتا, ألفا. What is left of one or two
after a round number is the noun once more: ألف يورو ويورو واحد.
"""

from __future__ import annotations

from dataclasses import dataclass

AND = " و"
_FIRST_TOO_LARGE = 10**12

_MASCULINE = ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
_FEMININE = ["إحدى", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"]
_TENS = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
_HUNDREDS = ["مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]


@dataclass(frozen=True)
class Counted:
    """What is counted, in the forms that numbers ask for; `round` follows hundreds and thousands."""

    one: str
    two: str
    few: str
    many: str
    round: str
    is_feminine: bool = False


@dataclass(frozen=True)
class _Scale:
    """A word for a power of a thousand; `bound_two` stands directly before what is counted."""

    size: int
    one: str
    two: str
    bound_two: str
    few: str
    many: str

    def counted(self, *, is_bound: bool) -> Counted:
        """The word as something that is counted itself; bound where a noun follows directly."""
        two, many = (self.bound_two, self.one) if is_bound else (self.two, self.many)
        return Counted(self.one, two, self.few, many, self.one)


_SCALES = (
    _Scale(10**9, "مليار", "ملياران", "مليارا", "مليارات", "مليارًا"),
    _Scale(10**6, "مليون", "مليونان", "مليونا", "ملايين", "مليونًا"),
    _Scale(10**3, "ألف", "ألفان", "ألفا", "آلاف", "ألفًا"),
)


def counted_in_arabic(number: int, noun: Counted) -> str:
    """So many of the noun: «خمسة آلاف يورو». Raises ValueError below 0 and from 10¹² on."""
    if not 0 <= number < _FIRST_TOO_LARGE:
        raise ValueError(f"{number} is not written in words.")
    if number == 0:
        return f"صفر {noun.round}"
    rest = number % 100
    if rest in (1, 2):
        last = noun.one if rest == 1 else noun.two
        before = number - rest
        return f"{counted_in_arabic(before, noun)}{AND}{last}" if before else last
    words = _spelled(number, is_feminine=noun.is_feminine)
    if not rest:
        return f"{words} {noun.round}"
    return f"{words} {noun.few if rest <= 10 else noun.many}"


def _spelled(number: int, *, is_feminine: bool) -> str:
    """The number alone, ready for its noun to follow."""
    parts, left = [], number
    for scale in _SCALES:
        count, left = divmod(left, scale.size)
        if count:
            parts.append(counted_in_arabic(count, scale.counted(is_bound=not left)))
    hundreds, rest = divmod(left, 100)
    if hundreds:
        parts.append("مئتا" if (hundreds, rest) == (2, 0) else _HUNDREDS[hundreds - 1])
    if rest:
        parts.append(_below_hundred(rest, is_feminine=is_feminine))
    return AND.join(parts)


def _below_hundred(number: int, *, is_feminine: bool) -> str:
    units = _FEMININE if is_feminine else _MASCULINE
    if number <= 10:
        return units[number - 1]
    ten, unit = divmod(number, 10)
    if ten > 1:
        tens = _TENS[ten - 2]
        # Without a noun behind it, eight ends like قاضٍ.
        word = "ثمانٍ" if is_feminine and unit == 8 else units[unit - 1]
        return f"{word}{AND}{tens}" if unit else tens
    if unit == 1:
        return "إحدى عشرة" if is_feminine else "أحد عشر"
    if unit == 2:
        return "اثنتا عشرة" if is_feminine else "اثنا عشر"
    return f"{units[unit - 1]} {'عشرة' if is_feminine else 'عشر'}"
