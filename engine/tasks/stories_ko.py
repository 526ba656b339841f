"""The Korean words and sentences of the animal stories."""

from engine.hangul import particle
from engine.tasks.stories import Grammar, Noun


class KoreanNoun(Noun):
    """A noun that ``{hero:은/는}`` writes with the particle that its last syllable asks for."""

    __slots__ = ()

    def __format__(self, pair: str) -> str:
        return f"{self!s}{particle(self, pair)}" if pair else str(self)


WORDS = {
    name: words.split(", ")
    for name, words in {
        "hero": "하늘, 보미, 나래, 도담, 새봄, 가람, 마루, 다솔, 미르, 초롱, 한결, 이슬, "
        "바다, 노을, 단비",
        "animal": "곰, 여우, 토끼, 다람쥐, 고양이, 부엉이, 오리, 개구리, 너구리, 거북, "
        "염소, 참새, 사슴, 고슴도치",
        "look": "작은, 늙은, 젊은, 수줍은, 용감한, 똑똑한, 조용한, 졸린, 배고픈, 착한, 느긋한",
        "place": "숲, 마을, 들판, 강가, 언덕, 바닷가, 골짜기, 과수원, 호수, 산길, 방앗간, 시장",
        "thing": "등불, 연, 배, 종, 열쇠, 지도, 북, 바구니, 우산, 사과, 편지, 사다리, "
        "이불, 피리, 시계, 책, 수레",
        "food": "빵, 국수, 꿀, 떡, 감자, 밤, 딸기, 호박죽",
        "weather": "비가 내리고, 해가 빛나고, 바람이 불고, 눈이 내리고, 하늘이 흐리고, "
        "별이 반짝이고, 안개가 끼어",
        "time": "아침에, 어느 저녁, 봄이 온 첫날, 늦은 밤, 밥을 먹고 나서, 추운 오후에, "
        "해가 뜨기 전에, 어느 여름날",
        "feeling": "기뻤습니다, 슬펐습니다, 피곤했습니다, 자랑스러웠습니다, 무서웠습니다, "
        "반가웠습니다, 깜짝 놀랐습니다",
        "colour": "빨간, 파란, 노란, 하얀, 푸른, 금빛, 은빛, 까만",
        "way": "천천히, 재빨리, 살며시, 조심조심, 씩씩하게, 조용히, 다 함께, 곧바로",
    }.items()
}

OPENING = (
    "{place:이/가} 보이는 작은 집에 {look} {animal} {hero:이/가} 살았습니다.",
    "옛날에 {hero:이라는/라는} {look} {animal:이/가} 있었습니다.",
    "{animal} {hero:은/는} {colour} {thing:을/를} 가지고 있었습니다.",
    "{place}에 사는 동물은 모두 {look} {animal} {hero:을/를} 알았습니다.",
)
SCENE = (
    "{time} {hero:은/는} {thing:을/를} 찾으러 {place:으로/로} 갔습니다.",
    "{weather} 있어서 {hero:은/는} 집에서 {food:을/를} 먹었습니다.",
    "{weather} 있을 때 {hero:은/는} {food:을/를} 구하러 나갔습니다.",
    "{time} {hero:은/는} 나무 밑에서 {colour} {thing:을/를} 보았습니다.",
    "{time} {place} 뒤에서 이상한 소리가 났습니다.",
    "{hero:은/는} 무엇보다도 {thing:을/를} 갖고 싶었습니다.",
    "{time} 문 앞에 {colour} {thing:이/가} 놓여 있었습니다.",
)
TROUBLE = (
    "그런데 {thing:이/가} 부서져 있었습니다.",
    "그런데 {thing:이/가} 물에 빠지고 말았습니다.",
    "그때 {other} {friend:이/가} 와서 울기 시작했습니다.",
    "하지만 길은 멀고 {hero:은/는} {feeling}.",
    "곧 날이 어두워지고 {hero:은/는} 길을 잃었습니다.",
    "갑자기 {thing:이/가} 사라졌습니다.",
    "하지만 {other} {friend:이/가} {place}에서 {thing:을/를} 잃어버렸습니다.",
)
TALK = (
    '"무엇을 찾고 있니?" {other} {friend:이/가} 물었습니다.',
    '"{thing:을/를} 잃어버렸어." {hero:이/가} 말했습니다.',
    '"걱정하지 마. {way} 찾아보자." {friend:이/가} 말했습니다.',
    '"{food:을/를} 조금 나누어 줄래?" {friend:이/가} {way} 물었습니다.',
    '"나와 같이 {place:으로/로} 가자." {friend:이/가} 말했습니다.',
    '"이 {thing:은/는} 누구 것일까?" {hero:이/가} 물었습니다.',
    '"같이 가자!" {other} {friend:이/가} 외쳤습니다.',
)
SEARCH = (
    "둘은 {place} 뒤와 돌 밑을 모두 살펴보았습니다.",
    "둘은 {colour} 불빛이 보일 때까지 물가를 {way} 걸었습니다.",
    "{friend:이/가} {thing:을/를} 잡고 {hero:은/는} 힘껏 당겼습니다.",
    "그래서 {hero:과/와} {friend:은/는} {way} {place:을/를} 지나갔습니다.",
    "{hero:은/는} {friend:과/와} {food:을/를} 나누어 먹고 생각했습니다.",
    "{friend:은/는} {way} 꼭대기에 올라가 둘러보았습니다.",
    "둘은 별이 뜰 때까지 {way} 일했습니다.",
)
ENDING = (
    "마침내 {thing:을/를} 찾아서 {hero:은/는} {feeling}.",
    "그날부터 {hero:과/와} {friend:은/는} 친구가 되었습니다.",
    "둘은 집으로 {way} 돌아가 {food:을/를} 먹고 잠들었습니다.",
    "{hero:은/는} {colour} {thing:을/를} 문 위에 걸어 두었습니다.",
    '"고마워." {hero:이/가} 말하자 {friend:은/는} {feeling}.',
    "{place}에 비가 오면 둘은 아직도 {thing} 이야기를 합니다.",
    "그날 밤 {hero:은/는} {colour} {thing:과/와} {look} {other} 꿈을 꾸었습니다.",
)
KOREAN = Grammar(KoreanNoun, WORDS, (OPENING, SCENE, TROUBLE, TALK, SEARCH, TALK, ENDING))
