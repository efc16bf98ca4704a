"""Words in Chinese and other texts: a key for a word takes a little, never a sentence."""

from __future__ import annotations

from tui.forms.editors.word_boundaries import left, right, stops


def test_words_end_at_punctuation_particles_and_other_letters() -> None:
    assert stops("机房温度超限，请检查UPS的电池") == [0, 2, 4, 6, 7, 8, 10, 13, 14, 16]
    assert stops("reboot the server") == [0, 6, 7, 10, 11, 17]
    assert stops("") == [0]


def test_a_key_for_a_word_never_takes_a_sentence() -> None:
    line = "机房温度超限，请检查"
    assert [left(line, at) for at in (10, 8, 7, 6, 4, 1, 0)] == [8, 7, 6, 4, 2, 0, 0]
    assert [right(line, at) for at in (0, 6, 7, 10)] == [2, 7, 8, 10]
    assert left("two words  ", 11) == 4 and right("  two words", 0) == 5
