"""Text of the search: folding, words, tokens, queries, and excerpts with their hits."""

from __future__ import annotations

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from models.search import text as searchtext


@given(st.text(max_size=20))
@settings(deadline=None, max_examples=400)
def test_any_text_is_folded_and_cut_alike(text: str) -> None:
    folded = searchtext.fold(text)
    assert searchtext.fold(folded) == folded
    tokens = list(searchtext.tokens(folded, "fix", "p:1"))
    assert not any(set(token) & set(string.whitespace) for token in tokens)
    for start, end in searchtext.spots(text, text):
        assert 0 <= start < end <= len(text)
