"""Making text safe to show."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markup import Markup, plain

MARKUP = Markup(frozenset({"known.example"}))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words, 72.", "plain words, 72."),
        ("**bold** _and_ `code`", r"\*\*bold\*\* \_and\_ \`code\`"),
        ("# no heading", r"\# no heading"),
        ("> no quote", r"\> no quote"),
        ("- no list\n+ none\n1. none", "\\- no list\n\\+ none\n\\1. none"),
        ("a - b + c", "a - b + c"),
        ("@everyone <@1> <#1> </ask:1> <t:0>", r"\@everyone \<\@1\> \<\#1\> \</ask:1\> \<t:0\>"),
        ("[a](b)", r"\[a\](b)"),
        ("||spoiler||", r"\|\|spoiler\|\|"),
        ("back\\slash", "back\\\\slash"),
        ("https://known.example/a_b*c", "https://known.example/a_b*c"),
        ("https://other.example/a", "`https://other.example/a`"),
        ("http://known.example/a", "`http://known.example/a`"),
        ("https://known.example.evil.example/a", "`https://known.example.evil.example/a`"),
        ("https://known.example@evil.example/a", "`https://known.example@evil.example/a`"),
        ("a\u202eb\u200bc\x00d\ud800e", "abcde"),
    ],
)
def test_text_reads_as_it_stands(text: str, shown: str) -> None:
    assert MARKUP.escaped(text) == shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://known.example/a", "[words, known.example](<https://known.example/a>)"),
        ("http://known.example/a", "words"),
        ("https://other.example/a", "words"),
        ("https://known.example.other.example/", "words"),
        ("https://user@other.example/", "words"),
        ("javascript:alert(1)", "words"),
        ("", "words"),
    ],
)
def test_only_known_addresses_become_links(url: str, shown: str) -> None:
    assert MARKUP.link("words", url) == shown


@given(st.text())
def test_no_hidden_character_is_left(text: str) -> None:
    shown = plain(text)
    shown.encode()
    assert not {unicodedata.category(c) for c in shown if c != "\n"} & {"Cc", "Cf", "Cs", "Co", "Cn"}


@given(st.text(alphabet="*_~|`<>[]#@\\-+1.) \nab"))
def test_no_mark_of_markdown_is_left(text: str) -> None:
    shown = MARKUP.escaped(text)
    without = re.sub(r"\\[\\*_~|`<>\[\]#@\-+0-9]", "x", shown)
    assert not re.search(r"[\\*_~|`<>\[\]#@]|^\s*([-+]|\d+[.)])", without, re.MULTILINE)


@given(st.text())
def test_any_address_in_text_is_of_a_known_host(text: str) -> None:
    shown = MARKUP.escaped(f"https://{text}")
    outside_code = re.sub(r"`[^`]*`", "", shown)
    assert all(url.startswith("https://known.example") for url in re.findall(r"https?://[^\s<>\\]+", outside_code))
