"""The English words and sentences of the animal stories."""

from engine.tasks.stories import Grammar, Noun


class EnglishNoun(Noun):
    """A noun that ``{thing:a}`` writes with its article."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        if form == "a":
            return f"{'an' if self[0] in 'aeiou' else 'a'} {self}"
        return str(self)


WORDS = {
    name: words.split(", ")
    for name, words in {
        "hero": "Anna, Ben, Clara, Dora, Emil, Finn, Greta, Hugo, Ida, Jonas, Kira, Leo, "
        "Mina, Nils, Oscar, Paula, Rosa, Sam, Tilda, Willa",
        "animal": "bear, fox, mouse, owl, rabbit, cat, goose, hedgehog, otter, squirrel, "
        "frog, badger, duck, goat, sparrow",
        "look": "little, old, young, shy, brave, clever, quiet, sleepy, hungry, curious, "
        "kind, patient",
        "place": "forest, village, garden, valley, harbour, meadow, mountain, island, "
        "river, orchard, mill, lake",
        "thing": "lamp, kite, boat, bell, key, map, drum, basket, umbrella, apple, "
        "letter, ladder, blanket, flute, clock, book, wheel, orange",
        "food": "bread, soup, honey, cheese, berries, cake, nuts, pears",
        "weather": "It was raining, The sun was shining, The wind was blowing, "
        "Snow was falling, The sky was grey, The stars were out, "
        "Fog was lying on the fields",
        "time": "In the morning, One evening, On the first day of spring, Late at night, "
        "After breakfast, On a cold afternoon, Before the sun came up, "
        "One summer day",
        "feeling": "happy, sad, tired, proud, afraid, angry, glad, surprised",
        "colour": "red, blue, green, yellow, white, golden, silver, brown",
        "way": "slowly, quickly, softly, carefully, bravely, quietly, at once, together",
    }.items()
}

OPENING = (
    "{hero} was {look:a} {animal} who lived near the {place}.",
    "There was once {look:a} {animal} called {hero}.",
    "{hero} the {animal} had {colour:a} {thing} and a warm house by the {place}.",
    "In a small house near the {place} lived {hero}, {look:a} {animal}.",
    "Everyone at the {place} knew {hero}, the {look} {animal}.",
)
SCENE = (
    "{time} {hero} walked to the {place} and looked for {thing:a}.",
    "{weather}, and {hero} stayed at home with a plate of {food}.",
    "{weather} when {hero} went out to find some {food}.",
    "{time} {hero} found {colour:a} {thing} under a tree.",
    "{time} {hero} heard a noise behind the {place}.",
    "{hero} wanted to have {thing:a} more than anything else.",
    "{time} there was {colour:a} {thing} in front of the door.",
)
TROUBLE = (
    "But the {thing} was broken, and nobody knew why.",
    "Then the {thing} fell into the water.",
    "But {friend} the {other} had lost the {thing} in the {place}.",
    "Then {friend} the {other} came by and began to cry.",
    "But the way was long, and {hero} was {feeling}.",
    "Soon {hero} was lost, and it grew dark.",
    "Suddenly the {thing} was gone.",
)
TALK = (
    '"What are you looking for?" asked {friend} the {other}.',
    '"I have lost my {thing}," said {hero}.',
    '"Do not be {feeling}," said {friend}. "We will find it {way}."',
    '"May I have some of your {food}?" asked {friend} {way}.',
    '"Come with me to the {place}," said {friend}.',
    '"Whose {thing} is this?" asked {hero}.',
    '"You are {feeling}," said {friend}. "Why?"',
    '"Wait for me!" called {friend} the {other}.',
)
SEARCH = (
    "They looked behind the {place} and under every stone.",
    "They walked {way} along the water until they saw {colour:a} light.",
    "{friend} held the {thing}, and {hero} pulled as hard as a {animal} can.",
    "So {hero} and {friend} went {way} through the {place}.",
    "{hero} gave {friend} half of the {food}, and they thought for a while.",
    "{friend} climbed {way} to the top and looked around.",
    "They worked {way} until the stars came out.",
)
ENDING = (
    "In the end they found the {thing}, and {hero} was {feeling} no more.",
    "From that day on {hero} and {friend} were friends.",
    "Then they went home {way} and ate {food} until they fell asleep.",
    "{hero} hung the {colour} {thing} over the door, where it still is.",
    '"Thank you," said {hero}, and {friend} was {feeling}.',
    "And when it rains at the {place}, they still talk about the {thing}.",
    "That night {hero} dreamed of {colour:a} {thing} and {look:a} {other}.",
)
ENGLISH = Grammar(EnglishNoun, WORDS, (OPENING, SCENE, TROUBLE, TALK, SEARCH, TALK, ENDING))
