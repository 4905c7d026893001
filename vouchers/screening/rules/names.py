"""The two forms in which names are compared: by their letters, and by how they sound.

Letters: accents, capitals, vowel signs and the order of the words count for nothing, nor do the forms
of companies. Sound: the consonants that a name has in either script, by the table below, so that
محمد, Mohamed and Muhammad are one. No library serves here: those that are kept write an Arabic name in
one Latin spelling of many (anyascii, ICU), or bring a model of the language; the second key wants the
opposite, what all spellings share. Pure: no Django, no models.
"""

from __future__ import annotations

import re

from inputs.rules.folding import words_of

# What says nothing of whose firm it is, as it is folded.
COMMON = frozenset(
    (
        *("and", "et", "of", "de", "du", "des", "la", "le", "les", "the", "und", "mr", "mrs", "dr"),
        *("sarl", "sal", "suarl", "sa", "sas", "llc", "ltd", "limited", "gmbh", "ag", "inc", "plc"),
        *("offshore", "holding", "company", "co", "corp", "corporation", "societe", "ste", "group"),
        *("groupe", "شركه", "مجموعه", "مؤسسه", "موسسه", "و", "ش", "م", "ل"),
    )
)
# Articles, which some write and some do not.
_ARTICLES = frozenset(("al", "el", "ul", "ال"))

# Abdelrahman and Abdul Rahman are عبد الرحمن.
_SERVANT = re.compile(r"^abd[aeu]l(\w{3,})$")

# Arabic letters by the consonant that they sound like; vowels and what only carries them are none.
_ARABIC = {
    **dict.fromkeys("اأإآءؤئعوي", ""),
    **dict(zip("بپتثجحخدذرزسشصضطظغفقكلمنه", "bbttjhxddrzscsdtzgfkklmnh", strict=True)),
}
# Latin spellings of these consonants, the longest first.
_LATIN = (
    *(("tch", "c"), ("sch", "c"), ("kh", "x"), ("gh", "g"), ("sh", "c"), ("ch", "c"), ("th", "t")),
    *(("dh", "d"), ("dj", "j"), ("ph", "f"), ("ck", "k")),
)
_ONE_LETTER = str.maketrans({"q": "k", "v": "f", "p": "b", "c": "k"})
# A mark of its own while letters are replaced, so that “sh” stays apart from c and k.
_SH = "\x01"


def compared(name: str) -> str:
    """The words of a name in order of the alphabet, folded, without the forms of companies.

    A name of such words alone keeps them; empty for a name without a letter or digit.
    """
    apart = (part for word in words_of(name) for part in _SERVANT.sub(r"abd \1", word).split())
    words = [word for word in apart if word not in _ARTICLES]
    telling = [word for word in map(_without_article, words) if word not in COMMON]
    return " ".join(sorted(telling or words))


def sound(name: str) -> str:
    """The consonants of the words of `compared`, in order; the same from either script."""
    return " ".join(sorted(filter(None, map(_consonants, compared(name).split()))))


def is_arabic(name: str) -> bool:
    """Whether any letter of the name is Arabic."""
    return bool(re.search("[\u0600-\u06ff]", name))


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _consonants(word: str) -> str:
    if is_arabic(word):
        return _once("".join(_ARABIC.get(letter, "") for letter in word.removesuffix("ه")))
    for spelling, letter in _LATIN:
        word = word.replace(spelling, _SH if letter == "c" else letter)
    word = word.translate(_ONE_LETTER).replace(_SH, "c")
    return _once(re.sub("[aeiouyw]|h$", "", word))


def _once(letters: str) -> str:
    """A letter that is doubled, by a sign or in writing, is one."""
    return re.sub(r"(.)\1+", r"\1", letters)
