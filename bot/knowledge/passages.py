"""Split the text of an article into passages, each with the words that a link to it needs."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.errors import ArticleError
from bot.knowledge.article import MAX_PASSAGE, find_passages, fingerprint, normalise
from bot.knowledge.model import Passage
from bot.knowledge.sentences import sentences

ANCHOR_WORDS = 4
"""Words of the article that are kept at each end of a passage, at most."""

MAX_PASSAGES = 2000
"""More are a book, not an article."""

MAX_LINES_ABOVE = 4
"""Lines above the headline, such as a date or a section."""

NARROWEST_PAGE, WIDEST_PAGE = 30, 100
"""Characters of the longest line between which a text may be broken into lines of one width."""

STOPS = (".", "!", "?", "…", ":", ";")
_CLOSING = "\"'”’»)]}"
_DROPPED = ".,;:!?…" + _CLOSING


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of the text: where it stands, its words, and the first and last of them, which tell it apart.

    `paragraph` and `sentence` count from 1; the headline and the lines above it have no sentence, and the headline no
    paragraph. `is_certain` tells whether a link with these words leads to this passage alone.
    """

    id: str
    paragraph: int
    sentence: int
    text: str
    start: str
    end: str
    is_certain: bool

    @property
    def sha256(self) -> str:
        """The passage's fingerprint."""
        return fingerprint(self.text)

    @property
    def is_closed(self) -> bool:
        """Whether a full stop or the like ends it, as no headline or line of credits has."""
        return self.text.rstrip(_CLOSING).endswith(STOPS)


@dataclass(frozen=True, slots=True)
class _Place:
    """A passage's name and words, before the words that tell it apart are known.

    `is_joined` marks one that has just got another sentence.
    """

    id: str
    paragraph: int
    sentence: int
    words: tuple[str, ...]
    is_joined: bool = False


def split_article(text: str, title: str) -> tuple[FoundPassage, ...]:
    """Return the passages of `text` in order: the headline where it stands there, and the sentences.

    A sentence whose first and last words stand in too many others makes one passage with the sentence before it.

    Raises:
        ArticleError: there are no words, too many, or the same ones over and over.
    """
    places = list(_places(paragraphs(text), title))
    if not places:
        raise ArticleError("there are no words in it")
    if len(places) > MAX_PASSAGES:
        raise ArticleError(f"has {len(places):,} sentences; an article has at most {MAX_PASSAGES:,}")
    while True:
        passages = tuple(_with_anchors(places))
        lost = _lost(text, passages)
        if not lost:
            return passages
        ids = {found.id for found in lost}
        joined = _joined(places, ids)
        if len(joined) == len(places):
            joined = _joined(places, ids, across_paragraphs=True)
        if len(joined) == len(places):
            words = f"{lost[0].start} … {lost[0].end}"
            raise ArticleError(f"passage {lost[0].id} ({words}): the same words stand there too often to tell it apart")
        places = joined


def _lost(text: str, passages: tuple[FoundPassage, ...]) -> list[FoundPassage]:
    """Return the passages that the loader would not find by their first and last words."""
    known = {found.id: Passage(found.id, found.sha256, found.start, found.end, {}) for found in passages}
    quotes, _ = find_passages(text, known)
    return [found for found in passages if found.id not in quotes]


def _joined(places: list[_Place], lost: set[str], *, across_paragraphs: bool = False) -> list[_Place]:
    """Return the places with lost sentences joined to those before them, two and two, where that is short enough."""
    found: list[_Place] = []
    for place in places:
        before = found[-1] if found and place.id in lost else None
        if before is not None and _may_join(before, place, across_paragraphs=across_paragraphs):
            found[-1] = replace(before, words=(*before.words, *place.words), is_joined=True)
        else:
            found.append(place)
    return [replace(place, is_joined=False) for place in found]


def _may_join(before: _Place, place: _Place, *, across_paragraphs: bool) -> bool:
    is_near = before.paragraph == place.paragraph or across_paragraphs
    length = len(normalise(" ".join((*before.words, *place.words))))
    return is_near and before.sentence > 0 and not before.is_joined and length <= MAX_PASSAGE


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs that have words, with single spaces.

    A blank line ends one, and so does a new line, save where the text is broken into lines of one width.
    """
    lines = [" ".join(line.split()) for line in text.removeprefix("\ufeff").splitlines()]
    broken_at = _page_width(lines)
    found: list[list[str]] = []
    for above, line in pairwise(["", *lines]):
        if line and above and (_goes_on(above, line) or not _would_fit(above, line, broken_at)):
            found[-1].append(line)
        elif line:
            found.append([line])
    joined = [" ".join(lines) for lines in found]
    return [paragraph for paragraph in joined if any(character.isalnum() for character in paragraph)]


def _page_width(lines: list[str]) -> int:
    """Return the width at which lines were broken, or 0 if each was ended on purpose."""
    width = max(map(len, lines), default=0)
    breaks = [(above, line) for above, line in pairwise(lines) if above and line]
    full = sum(not _would_fit(above, line, width) for above, line in breaks)
    is_page = NARROWEST_PAGE <= width <= WIDEST_PAGE and len(breaks) > 1
    return width if is_page and full >= 0.8 * len(breaks) else 0


def _would_fit(above: str, line: str, width: int) -> bool:
    """Whether the first word of `line` had room at the end of the line above: then that was ended on purpose."""
    return width == 0 or len(above) + 1 + len(line.split(maxsplit=1)[0]) <= width


def _goes_on(above: str, line: str) -> bool:
    return line[0].islower() and not above.rstrip(_CLOSING).endswith(STOPS)


def _places(found: list[str], title: str) -> Iterator[_Place]:
    """Yield the headline, the lines above it, and the sentences."""
    top = found[: MAX_LINES_ABOVE + 1]
    headline = next((number for number, paragraph in enumerate(top) if _is_title(paragraph, title)), -1)
    for number, paragraph in enumerate(found[: headline + 1], start=1):
        above = number <= headline
        name = f"head{number}" if above else "title"
        yield _Place(name, number if above else 0, 0, tuple(paragraph.split()))
    for number, paragraph in enumerate(found[headline + 1 :], start=1):
        pieces = [piece for sentence in sentences(paragraph) for piece in _cut(sentence.split())]
        for count, words in enumerate(pieces, start=1):
            yield _Place(f"p{number}s{count}", number, count, words)


def _is_title(paragraph: str, title: str) -> bool:
    """Whether a paragraph is the title, perhaps without its second half, or with the outlet's name behind it."""
    shorter, longer = sorted((_letters(paragraph), _letters(title)), key=len)
    is_alike = longer.startswith(shorter) and len(longer) <= 2 * len(shorter)
    return is_alike and (longer == shorter or not paragraph.endswith("."))


def _letters(text: str) -> str:
    return "".join(character for character in _plain(text) if character.isalnum())


def _cut(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words in pieces that are short enough to be found again.

    Raises:
        ArticleError: one word alone is too long.
    """
    piece: list[str] = []
    length = 0
    for word in words:
        characters = len(normalise(word)) + 1
        if characters > MAX_PASSAGE:
            raise ArticleError(f"has {characters:,} characters without a space: that is no sentence")
        if piece and length + characters > MAX_PASSAGE:
            yield tuple(piece)
            piece, length = [], 0
        piece.append(word)
        length += characters
    yield tuple(piece)


def _with_anchors(places: list[_Place]) -> Iterator[FoundPassage]:
    plain = [[_plain(word) for word in place.words] for place in places]
    whole = " ".join(" ".join(words) for words in plain)
    offset = 0
    for place, words in zip(places, plain, strict=True):
        start, end, is_certain = _anchors(place.words, words, whole, offset)
        text = " ".join(place.words)
        yield FoundPassage(place.id, place.paragraph, place.sentence, text, start, end, is_certain)
        offset += len(" ".join(words)) + 1


def _anchors(words: tuple[str, ...], plain: list[str], whole: str, offset: int) -> tuple[str, str, bool]:
    """Return first and last words of a passage, and whether they lead to it alone.

    A browser looks for the first words from the beginning, then for the last words behind them; it does not tell
    capitals or accents apart. `plain` are the words as it compares them; `whole` has the passage at `offset`.
    """
    after = offset + len(" ".join(plain))
    starts: dict[int, bool] = {}
    best: tuple[tuple[bool, int], str, str] | None = None
    for first, last in _counts(len(words)):
        start, end = _trimmed(words[:first]), _trimmed(words[-last:])
        begun = " ".join(plain[:first])
        if first not in starts:
            starts[first] = whole.find(begun) == offset
        place = whole.find(_plain(end), offset + len(begun))
        is_certain = starts[first] and place == after - len(" ".join(plain[-last:]))
        # Among uncertain ones more words are better: other places with the same are then fewer.
        rank = (is_certain, 0 if is_certain else first + last)
        if best is None or rank > best[0]:
            best = (rank, start, end)
        if is_certain:
            break
    assert best is not None
    return best[1], best[2], best[0][0]


def _counts(length: int) -> list[tuple[int, int]]:
    """Return how many first and last words of so many may be kept, the best first.

    More words are surer on a page that holds other text too, but of a short sentence not all may be kept: best are two
    thirds. Of two words both are.
    """
    if length == 1:
        return [(1, 1)]
    counts = range(1, ANCHOR_WORDS + 1)
    allowed = [(first, last) for first in counts for last in counts if first + last <= max(2, length - 1)]
    wanted = min(2 * ANCHOR_WORDS, max(2, 2 * length // 3))

    def oddity(pair: tuple[int, int]) -> tuple[int, int, int]:
        return abs(sum(pair) - wanted), abs(pair[0] - pair[1]), -pair[0]

    return sorted(allowed, key=oddity)


def _trimmed(words: tuple[str, ...]) -> str:
    """Return the words without the stop or the comma behind them: a reader's page may have it elsewhere."""
    text = " ".join(words)
    bare = text.rstrip(_DROPPED)
    # The loader looks at most three characters behind the last word.
    enough = len(normalise(text)) - len(normalise(bare)) <= 3
    return bare if enough and len(bare.split()) == len(words) else text


def _plain(text: str) -> str:
    """Return `text` as a browser compares it: without capitals and accents."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(character for character in decomposed if not unicodedata.combining(character)).split())
