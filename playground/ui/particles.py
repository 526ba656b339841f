"""Korean particles that depend on the sound before them."""

import re

# The form after a consonant, the form after a vowel, as translators write them: "{name}은(는)".
_FORMS = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "으로(로)": ("으로", "로"),
}
_PATTERN = re.compile(r"(\w)([^\w\s(]*)(" + "|".join(map(re.escape, _FORMS)) + ")")

# Final sounds of the digits' names (영 일 이 삼 사 오 육 칠 팔 구): none, l, or another consonant.
_DIGITS = ["m", "l", "", "m", "", "", "k", "l", "l", ""]


def choose_particles(text: str) -> str:
    """Replace "은(는)", "이(가)", "을(를)", "과(와)" and "으로(로)" by the form that fits.

    Hangul is decided by its final consonant, digits by their Korean names, Latin words by whether
    they end in l, m or n, which Korean takes over as a final consonant.
    """
    return _PATTERN.sub(_choose, text)


def _choose(match: re.Match[str]) -> str:
    letter, closing, forms = match.groups()
    final = _final(letter)
    after_consonant, after_vowel = _FORMS[forms]
    # 로, not 으로, follows the consonant ㄹ.
    vowel = not final or (final == "l" and forms == "으로(로)")
    return letter + closing + (after_vowel if vowel else after_consonant)


def _final(letter: str) -> str:
    if "가" <= letter <= "힣":
        index = (ord(letter) - ord("가")) % 28
        return "" if index == 0 else "l" if index == 8 else "k"
    if letter.isascii() and letter.isdigit():
        return _DIGITS[int(letter)]
    return letter.lower() if letter.lower() in "lmn" else ""
