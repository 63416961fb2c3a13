"""Cut a paragraph into sentences, in English, Spanish and Portuguese."""

import re

_STOP = re.compile(r"(?P<core>.*?)(?P<stop>[.!?…]+)(?P<after>[^\w.!?…,;:]*(?:\[\d+\]|[¹²³⁰-⁹])*)", re.DOTALL)
"""A word with its stop, and what may follow it: quotation marks, brackets, an emoji, a footnote's number."""

_ENCLOSED = re.compile(r"“[^“”]{1,400}”|«[^«»]{1,400}»|\"[^\"]{1,400}\"|\([^()]{1,400}\)")
"""What is kept whole; in a longer quotation, or one that does not close, sentences are told apart."""

_INITIALS = re.compile(r"[^\W\d_]{1,4}(?:\.[^\W\d_]{1,4})+")
_SHORT_CAPITALS = re.compile(r"[A-ZÁÉÍÓÚÂÊÔÃÕÇÑ]{1,2}\.")

LONGEST_WORD = 100
"""Characters of a word that are looked at, from its end; a longer one is an address, or not text."""

_OPENING = "\"'“\u2018«¿¡([{—–-"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Abbreviations, folded, without their last point.
_NEVER_LAST = _words("approx aprox ca cf e.g ej i.e p.ej p.ex v.gr viz vs")
_TITLES = _words(
    "arq av avda dr dra dras drs exma exmo gral lic mons mr mrs ms mx prof profa sr sra sras sres srs srta srtas"
)
_CAPITAL_TITLES = _words(
    "adm almte alm blvd brig cap capt cdr cel cmdr cmdte cnel col cpl cte dep fr fray ft gen gov hon ing insp lt maj"
    " mons mt pe pres pte pvt rep rev sec sen sgt st sta sto supt ten tte"
)
"""Only where they begin with a capital: "cap", "col", "rep" are words too."""

_BEFORE_NUMBERS = _words(
    "abr apr art arts aug cap ch cl dec dez dic ene feb fev fig figs inc jan jul jun n no nos nov núm núms nr nro"
    " num oct out p pág págs par pg pgs pp sec sect sep sept set tel tít vol vols"
)
_SOMETIMES_LAST = _words("bros cía cia co corp inc jr ltd ltda uu")

_BEGINNINGS = _words(
    # English
    "a after all although an and at because before but by each every few for from he her his how however i if in it"
    " its many most no not on one our she since so some that the their then there these they this those though to"
    " today two we what when where which while who why with yesterday you"
    # Spanish
    " además ahora al algunos antes así aunque ayer cada como con cuando de del desde después durante el ella ellas"
    " ellos en entonces era esa ese eso esta este esto estos fue hasta hay hoy la las le lo los luego mientras muchos"
    " ni nadie o para pero por porque que quien según si sin sobre su sus también tampoco todos tras un una unos y ya"
    # Portuguese
    " agora alguns antes ao aos apesar após as assim até cada com como da das depois desde do dos e ela elas ele eles"
    " em embora enquanto então essa esse esta este foi hoje isso isto já mas muitos na não nas nem no nos ontem os ou"
    " para pela pelo por porque quando quem se segundo sem seu seus sob sobre sua suas também todos um uma"
)
"""Words that, with a capital, begin a sentence rather than continue a name."""

_SPEECH = _words(
    "added asked cried explained insisted replied said says shouted told wondered wrote aseguró añadió contestó"
    " cuestionó dice dijo exclamó gritó insistió preguntó respondió acrescentou afirmou disse diz gritou insistiu"
    " perguntou questionou respondeu"
)


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph, in order, with single spaces; together they are the whole paragraph."""
    units = _units(paragraph.split())
    enclosed = [match.span() for match in _ENCLOSED.finditer(" ".join(units))][::-1]
    found: list[list[str]] = []
    position = 0
    for number, unit in enumerate(units):
        while enclosed and enclosed[-1][1] <= position:
            enclosed.pop()
        is_inside = bool(enclosed) and enclosed[-1][0] < position
        if not found or (not is_inside and _opens(unit) and _ends(found[-1], units[number : number + 3])):
            found.append([])
        found[-1].append(unit)
        position += len(unit) + 1
    return [" ".join(sentence) for sentence in found]


def _units(words: list[str]) -> list[str]:
    """Join what has no letter or digit, such as a dash, a bracket or an emoji, to the word that it belongs to."""
    units: list[list[str]] = []
    waiting: list[str] = []
    for word in words:
        if any(character.isalnum() for character in word):
            units.append([*waiting, word])
            waiting = []
        elif waiting or not units or not word.strip(_OPENING):
            waiting.append(word)
        else:
            units[-1].append(word)
    if units:
        units[-1] += waiting
    elif waiting:
        units.append(waiting)
    return [" ".join(unit) for unit in units]


def _opens(unit: str) -> bool:
    """Whether a unit can begin a sentence: its first letter is no small one."""
    first = next((character for character in unit if character.isalnum()), "")
    return first != "" and not first.islower()


def _ends(sentence: list[str], following: list[str]) -> bool:
    """Whether a sentence is over before the `following` units."""
    match = _STOP.fullmatch(sentence[-1][-LONGEST_WORD:].replace(" ", ""))
    if match is None:
        return False
    core = match["core"].lstrip(_OPENING)
    if match["stop"] != ".":
        is_quotation = any(mark in match["after"] for mark in "\"'”’»")
        return not (is_quotation and any(_bare(unit) in _SPEECH for unit in following))
    if core.isdecimal() and len(sentence) == 1:  # the number of a list's item
        return False
    return not core or not _is_abbreviation(core, following[0])


def _is_abbreviation(core: str, after: str) -> bool:
    """Whether a word before a point is cut short, and the sentence goes on `after` it."""
    word = core.casefold()
    first = next(character for character in after if character.isalnum())
    if word in _NEVER_LAST or word in _TITLES or (core[0].isupper() and word in _CAPITAL_TITLES):
        return True
    if first.isdigit() and (word in _BEFORE_NUMBERS or len(core) == 1):
        return True
    is_initial = len(core) == 1 and core.isalpha()
    if is_initial and core.islower():
        return True
    if len(core) <= 2 and core.isupper() and _SHORT_CAPITALS.fullmatch(after):
        return True
    if is_initial or word in _SOMETIMES_LAST or _INITIALS.fullmatch(core):
        return _bare(after) not in _BEGINNINGS
    return False


def _bare(unit: str) -> str:
    return re.sub(r"^[\W_]+|[\W_]+$", "", unit).casefold()
