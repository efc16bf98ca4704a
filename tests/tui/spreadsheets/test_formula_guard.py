"""Formula guard: no text becomes a formula on its way out, each one comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile import PAYLOADS
from tui.spreadsheets.formula_guard import protect, unprotect


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "＝1", "'=1", "''-1"])
def test_what_would_be_run_has_a_quote_before_it(text: str) -> None:
    assert protect(text) == f"'{text}" and unprotect(protect(text)) == text


@pytest.mark.parametrize("text", ["", "泵", "1", "'quoted'", "a=b", " =1", "'"])
def test_what_would_not_be_run_stays(text: str) -> None:
    assert protect(text) == text == unprotect(text)


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_hostile_text_comes_back(text: str) -> None:
    assert unprotect(protect(text)) == text


@given(st.text(alphabet="'=+-@＝ \t\ra1泵", max_size=8))
def test_any_text_comes_back_and_none_is_run(text: str) -> None:
    kept = protect(text)
    assert unprotect(kept) == text and not kept.startswith(("=", "+", "-", "@", "\t", "\r"))
