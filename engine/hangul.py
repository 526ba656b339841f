"""Hangul syllables and their letters (jamo), by arithmetic on code points.

A syllable stands at 0xAC00 + (lead · 21 + vowel) · 28 + tail, with 19 leads, 21 vowels and 27 tails
after "none" (The Unicode Standard, section 3.12).
"""

from __future__ import annotations

import re

SYLLABLES, LEADS, VOWELS, TAILS = 0xAC00, 0x1100, 0x1161, 0x11A7
"""The first code points of syllables, leads and vowels, and the one before the first tail."""

COUNT, VOWEL_COUNT, TAIL_COUNT = 11_172, 21, 28

_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_TAILS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_LETTERS = {
    **{chr(LEADS + i): letter for i, letter in enumerate(_LEADS)},
    **{chr(VOWELS + i): chr(0x314F + i) for i in range(VOWEL_COUNT)},
    **{chr(TAILS + 1 + i): letter for i, letter in enumerate(_TAILS)},
}
_BLOCK = re.compile("([\u1100-\u1112])([\u1161-\u1175])([\u11a8-\u11c2]?)")


def decompose(text: str) -> str:
    """Return the text with every syllable as its lead, its vowel and its tail, if it has one."""
    return "".join(map(_letters, text))


def _letters(character: str) -> str:
    index = ord(character) - SYLLABLES
    if not 0 <= index < COUNT:
        return character
    lead, rest = divmod(index, VOWEL_COUNT * TAIL_COUNT)
    vowel, tail = divmod(rest, TAIL_COUNT)
    return chr(LEADS + lead) + chr(VOWELS + vowel) + (chr(TAILS + tail) if tail else "")


def compose(text: str) -> str:
    """Return the text with the letters put together; one that fits nowhere stands alone (ㄱ)."""
    whole = _BLOCK.sub(_syllable, text)
    return "".join(_LETTERS.get(character, character) for character in whole)


def _syllable(block: re.Match[str]) -> str:
    lead, vowel, tail = block.groups()
    index = (ord(lead) - LEADS) * VOWEL_COUNT + ord(vowel) - VOWELS
    return chr(SYLLABLES + index * TAIL_COUNT + (ord(tail) - TAILS if tail else 0))


def letter_name(letter: str) -> str:
    """Return how a single letter is shown: ㄱ, ㅏ, and -ㄱ for a tail."""
    return ("-" if letter > chr(TAILS) else "") + _LETTERS[letter] if letter in _LETTERS else letter


def particle(word: str, pair: str) -> str:
    """Return the particle that the last syllable of a word asks for.

    Parameters
    ----------
    word
        A word that ends in a syllable.
    pair
        The form after a tail and the one after a vowel, as in ``은/는``; of ``으로/로``, the
        second one also follows the tail ㄹ.
    """
    after_tail, after_vowel = pair.split("/")
    tail = (ord(word[-1]) - SYLLABLES) % TAIL_COUNT
    open_end = tail == 0 or (tail == _TAILS.index("ㄹ") + 1 and after_vowel == "로")
    return after_vowel if open_end else after_tail
