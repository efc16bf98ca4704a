"""The sandbox: names, if, for and some filters; everything else is refused by one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from models.text.words import Refused
from tui.documents.word import template_sandbox
from tui.documents.word.template_sandbox import TURNS, Sandbox, read

ROW: dict[str, Any] = {"name": "泵", "items": "值", "n": 3}
DATA: dict[str, Any] = {"title": "报告", "rows": [ROW, {**ROW, "name": "阀"}], "empty": ""}


def rendered(source: str, **data: Any) -> str:
    """What a template makes of the data."""
    made = read(lambda: Sandbox().from_string(source).render({**DATA, **data}), "t.docx")
    return str(made)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ title }}", "报告"),
        ("{% for row in rows %}{{ row.name }};{% endfor %}", "泵;阀;"),
        ("{% for row in rows %}{{ row['items'] }}{% endfor %}", "值值"),
        ("{% if empty %}a{% elif title == '报告' %}b{% else %}c{% endif %}", "b"),
        ("{{ empty or '无' }}", "无"),
        ("{{ rows | length }} {{ rows[0].n + 1 }}", "2 4"),
        ("{{ nothing is defined }} {{ title is defined }}", "False True"),
        ("{{ nothing | default('-') }}", "-"),
        ("{{ empty | default('无') }}{{ title | d('无') }}{{ [] | d('无') }}", "无报告无"),
        ("{% for row in rows | sort(attribute='name') %}{{ row.name }}{% endfor %}", "泵阀"),
        ("{% for a, b in [(1, 2), (3, 4)] %}{{ a }}{{ b }}{% endfor %}", "1234"),
        ("{{ '<' ~ title ~ '>' }}", "&lt;报告&gt;"),
    ],
)
def test_what_a_template_may_say(source: str, text: str) -> None:
    assert rendered(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "{{ rows.append(1) }}",
        "{{ title.upper() }}",
        "{{ range(9) }}",
        "{% set x = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% block a %}{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
        "{% for x in rows recursive %}{% endfor %}",
        "{{ title.__class__ }}",
        "{{ rows | map('length') }}",
        "{{ title | pprint }}",
        "{{ 'x' * 3 }}",
        "{{ 9 ** 9 }}",
        "{{ rows is callable }}",
        "{% with %}{% endwith %}",
        "{% call x() %}{% endcall %}",
    ],
)
def test_what_it_may_not_say(source: str) -> None:
    with pytest.raises(Refused) as refused:
        rendered(source)
    assert "t.docx" in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "source",
    ["{{ title", "{% for row in rows %}", "{% if %}{% endif %}", "{{ a b }}", "{% endfor %}"],
)
def test_a_mistake_in_the_tags_is_a_sentence(source: str) -> None:
    with pytest.raises(Refused) as refused:
        rendered(source)
    assert refused.value.word is template_sandbox.SYNTAX


@pytest.mark.parametrize(
    "source",
    [
        "{{ nothing }}",
        "{{ nothing.more }}",
        "{% for row in nothing %}{% endfor %}",
        "{% for row in rows %}{{ row.nothing }}{% endfor %}",
        "{% if nothing %}{% endif %}",
        "{{ nothing ~ title }}",
        "{{ rows[0].get }}",
        "{{ rows[0].keys }}",
    ],
)
def test_a_name_that_the_data_lacks_is_named(source: str) -> None:
    with pytest.raises(Refused) as refused:
        rendered(source)
    assert refused.value.word is template_sandbox.UNKNOWN


def test_what_people_typed_is_never_a_tag() -> None:
    typed = "{{ title }}{% for x in y %} <w:p/> &amp;"
    assert rendered("{{ typed }}", typed=typed) == (
        "{{ title }}{% for x in y %} &lt;w:p/&gt; &amp;amp;"
    )


def test_the_turns_of_all_loops_together_are_limited() -> None:
    many = list(range(600))
    loops = "{% for a in many %}{% for b in many %}{% endfor %}{% endfor %}"
    with pytest.raises(Refused) as refused:
        rendered(loops, many=many)
    assert refused.value.word is template_sandbox.ENDLESS and TURNS < 600 * 600
    assert rendered("{% for a in many %}{% endfor %}" * 3, many=many) == ""


def test_each_rendering_counts_anew() -> None:
    made = Sandbox().from_string("{% for a in many %}{% endfor %}")
    for _ in range(3):
        assert made.render(many=list(range(TURNS - 10))) == ""


def test_the_output_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_sandbox, "MOST", 1000)
    assert len(rendered("{{ text }}", text="x" * 900)) == 900
    for source in ("{% for row in rows %}{{ text }}{% endfor %}", "{{ [text, text] | join('') }}"):
        with pytest.raises(Refused) as refused:
            rendered(source, text="x" * 900)
        assert refused.value.word is template_sandbox.ENDLESS


def test_a_loop_over_a_text_or_a_number_is_refused() -> None:
    for source in ("{% for x in title %}{% endfor %}", "{% for x in 5 %}{% endfor %}"):
        with pytest.raises(Refused):
            rendered(source)
