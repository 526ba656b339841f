"""A small grammar in three languages: who is what, and who likes what, affirmed and denied.

A sentence has a subject, a predicate and may be denied. French agrees in gender and number,
elides before vowels and wraps its negation around the verb; Korean puts the verb last, and its
particles and endings depend on what is denied and on the last letter of a noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from engine.tasks.sequences import Words

VOWELS = "aeiouéêh"
FIRST_HANGUL, FINALS = ord("가"), 28


@dataclass(frozen=True)
class Subject:
    """Who it is about, with the forms of *to be*; `person` is a place among the forms of a verb."""

    english: str
    french: str
    korean: str
    person: int = 2
    female: bool = False
    plural: bool = False

    @property
    def am(self) -> str:
        """The English form of *to be*."""
        return ("am", "are", "is", "are", "are")[self.person]

    @property
    def suis(self) -> str:
        """The French form of *être*."""
        return ("suis", "es", "est", "sommes", "sont")[self.person]


SUBJECTS = (
    Subject("I", "je", "나는", 0),
    Subject("you", "tu", "너는", 1),
    Subject("he", "il", "그는"),
    Subject("my father", "mon père", "아버지는"),
    Subject("my brother", "mon frère", "형은"),
    Subject("she", "elle", "그녀는", female=True),
    Subject("my mother", "ma mère", "어머니는", female=True),
    Subject("my sister", "ma sœur", "누나는", female=True),
    Subject("we", "nous", "우리는", 3, plural=True),
    Subject("they", "ils", "그들은", 4, plural=True),
    Subject("my parents", "mes parents", "부모님은", 4, plural=True),
)

NOUNS = (
    ("student", "étudiant étudiante étudiants", "학생"),
    ("teacher", "professeur professeure professeurs", "선생님"),
    ("doctor", "médecin médecin médecins", "의사"),
    ("singer", "chanteur chanteuse chanteurs", "가수"),
    ("actor", "acteur actrice acteurs", "배우"),
    ("farmer", "agriculteur agricultrice agriculteurs", "농부"),
    ("nurse", "infirmier infirmière infirmiers", "간호사"),
    ("lawyer", "avocat avocate avocats", "변호사"),
)
"""English; French as spoken of him, of her, of several; Korean."""

ADJECTIVES = (
    ("happy", "heureux heureuse heureux", "행복합니다 행복하지"),
    ("tired", "fatigué fatiguée fatigués", "피곤합니다 피곤하지"),
    ("tall", "grand grande grands", "큽니다 크지"),
    ("small", "petit petite petits", "작습니다 작지"),
    ("strong", "fort forte forts", "강합니다 강하지"),
    ("busy", "occupé occupée occupés", "바쁩니다 바쁘지"),
    ("young", "jeune jeune jeunes", "젊습니다 젊지"),
    ("kind", "gentil gentille gentils", "친절합니다 친절하지"),
)
"""English, French as for nouns, Korean affirmed and before a negation."""

VERBS = (
    ("like likes", "aime aimes aime aimons aiment", "좋아합니다 좋아하지"),
    ("see sees", "vois vois voit voyons voient", "봅니다 보지"),
    ("draw draws", "dessine dessines dessine dessinons dessinent", "그립니다 그리지"),
    ("buy buys", "achète achètes achète achetons achètent", "삽니다 사지"),
    ("sell sells", "vends vends vend vendons vendent", "팝니다 팔지"),
)

OBJECTS = (
    ("cat", "le chat", "고양이를"),
    ("dog", "le chien", "개를"),
    ("house", "la maison", "집을"),
    ("flower", "la fleur", "꽃을"),
    ("apple", "la pomme", "사과를"),
    ("tree", "l' arbre", "나무를"),
    ("picture", "l' image", "그림을"),
    ("book", "le livre", "책을"),
)


@dataclass(frozen=True)
class Sentence:
    """The same thing said in three languages, as words."""

    english: Words
    french: Words
    korean: Words


@cache
def sentences() -> tuple[Sentence, ...]:
    """Return every sentence of the grammar."""
    return tuple(_said())


def _said() -> Iterator[Sentence]:
    for subject, denied in product(SUBJECTS, (False, True)):
        for noun in NOUNS:
            yield Sentence(
                _english_being(subject, denied, _article(subject, noun[0])),
                _french_being(subject, denied, noun[1]),
                (subject.korean, *_korean_noun(noun[2], denied)),
            )
        for adjective in ADJECTIVES:
            yield Sentence(
                _english_being(subject, denied, (adjective[0],)),
                _french_being(subject, denied, adjective[1]),
                (subject.korean, *_korean_verb(adjective[2], denied)),
            )
        for verb, thing in product(VERBS, OBJECTS):
            yield Sentence(
                (*_english_doing(subject, denied, verb[0]), "the", thing[0]),
                (*_french(subject, denied, verb[1].split()[subject.person]), *thing[1].split()),
                (subject.korean, thing[2], *_korean_verb(verb[2], denied)),
            )


def _article(subject: Subject, noun: str) -> Words:
    if subject.plural:
        return (noun + "s",)
    return ("an" if noun[0] in VOWELS else "a", noun)


def _english_being(subject: Subject, denied: bool, what: Words) -> Words:
    return (*subject.english.split(), subject.am, *("not",) * denied, *what)


def _english_doing(subject: Subject, denied: bool, verb: str) -> Words:
    base, third = verb.split()
    who, single = subject.english.split(), subject.am == "is"
    if denied:
        return (*who, "does" if single else "do", "not", base)
    return (*who, third if single else base)


def _french_being(subject: Subject, denied: bool, forms: str) -> Words:
    form = 2 if subject.plural else 1 if subject.female else 0
    return (*_french(subject, denied, subject.suis), forms.split()[form])


def _french(subject: Subject, denied: bool, verb: str) -> Words:
    """Return subject and verb, ``je`` and ``ne`` elided before a vowel, ``ne … pas`` around it."""
    who, elided = subject.french.split(), verb[0] in VOWELS
    if denied:
        return (*who, "n'" if elided else "ne", verb, "pas")
    return ("j'", verb) if elided and who == ["je"] else (*who, verb)


def _korean_noun(noun: str, denied: bool) -> Words:
    if not denied:
        return (noun + "입니다",)
    ends_in_consonant = (ord(noun[-1]) - FIRST_HANGUL) % FINALS > 0
    return (noun + ("이" if ends_in_consonant else "가"), "아닙니다")


def _korean_verb(forms: str, denied: bool) -> Words:
    affirmed, stem = forms.split()
    return (stem, "않습니다") if denied else (affirmed,)
