"""Personal data is masked, and nothing else."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.masking import MASK, MAX_TEXT, masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail ana.maria+x@correo.example.mx, please", "mail […], please"),
        ("¿(ana@example.org)?", "¿([…])?"),
        ("<@123456789012345678> and <@!12> <@&34> <#56>", "[…] and […] […] […]"),
        ("</ask question:1234> <t:1700000000:R> <:smile:12>", "[…] […] […]"),
        ("call +52 (833) 123-4567 now", "call […] now"),
        ("call 55.1234.5678", "call […]"),
        ("my id 123456789012345678", "my id […]"),
        ("DNI 12345678Z", "DNI […]Z"),
        ("see https://example.org/a?b=c#d.", "see […]."),
        ("see www.example.org", "see […]"),
        ("join discord.gg/abc and example.com", "join […] and […]"),
        ("ask @keeper_of_light!", "ask […]!"),
        ("5\u200b5\u200b5\u200b1\u200b2\u200b3\u200b4", "[…]"),
        ("٠١٢٣٤٥٦٧", "[…]"),
    ],
)
def test_personal_data_is_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "What happened on 26 September 2014?",
        "Was it on 26/09/2014, 26-9-14, 26.09.2014 or 2014-09-26?",
        "From 2014 to 2016, 2014-2016",
        "Were there 43 of 1,700 people?",
        "The U.S. and the E.U., e.g. Mr. Smith",
        "It cost 12.50 at 18:30",
        "I said so.They did not…",
        "a < b > c <3",
        "¿Cuántos años tenía? ¡Mañana!",
        "line\n\tline",
    ],
)
def test_what_is_asked_stays(text: str) -> None:
    assert masked(text) == text


@given(st.text(max_size=700))
def test_whatever_is_written_can_be_kept(text: str) -> None:
    found = masked(text)
    found.encode()
    assert "\0" not in found
    assert len(found) <= MAX_TEXT
    assert masked(found) == found or len(found) > MAX_TEXT - len(MASK)


words = st.sampled_from(["who", "¿cuándo?", "2014", "the", "fire", "(keeper)", "…"])
local = st.from_regex(r"[a-z]{1,9}([._+-][a-z0-9]{1,9})?", fullmatch=True)
secrets = st.one_of(
    st.tuples(local, local).map(lambda parts: f"{parts[0]}@{parts[1]}.com"),
    st.from_regex(r"\+?\d{2,3}[ .-]\d{3}[ .-]\d{4}", fullmatch=True).filter(str.isascii),
    st.integers(10**8, 2**63).map(str),
    st.integers(10**16, 2**63).map(lambda number: f"<@!{number}>"),
    local.map(lambda name: f"https://{name}.example/{name}"),
    local.map(lambda name: f"@{name}"),
)


@given(st.lists(words, max_size=8), secrets, st.lists(words, max_size=8), st.sampled_from(["", "?", ".", ",", "!"]))
def test_nothing_personal_is_left_wherever_it_stands(
    before: list[str], secret: str, after: list[str], end: str
) -> None:
    found = masked(" ".join([*before, secret + end, *after]))
    assert secret not in found
    assert MASK in found
    assert not re.search(r"\d{7}|@|://", found)
    assert [word for word in before if word not in found and not word.isdigit()] == []


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "@",
        ".",
        "a.",
        "1",
        "1 ",
        "(",
        "<",
        "<@",
        "<@ ",
        "</a ",
        "+(1",
        "a@",
        "1.-",
        "www.",
        "://",
        "\u200b",
        "[…]",
        "2014 ",
    ],
)
def test_hostile_text_takes_at_most_a_millisecond(unit: str) -> None:
    text = (unit * MAX_TEXT)[:MAX_TEXT]

    def seconds() -> float:
        start = time.perf_counter()
        masked(text)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(20)) < 0.001
