"""Filling a template: nothing that people typed is lost or changed, none of it acts."""

from __future__ import annotations

from io import BytesIO

import pytest

from models.text.words import Refused
from tests.support.hostile import PAYLOADS
from tests.tui.documents.makers import text_of, word
from tui.documents.record_text import clean
from tui.documents.word import template_sandbox
from tui.documents.word.fill import fill

DATA = {"mark": "", "empty": "无", "rows": [{"text": "一", "items": "二"}], "name": "名"}
TYPED = {
    "signs": "温度<5℃ & 湿度>60% \"引号\" '单引号' “弯引号”",
    "lines": "第一行\n第二行\n\n第四行",
    "tags": "{{7*7}} {% for x in y %} {# #} {_{ }_} %} }}",
    "entities": "&amp; &lt;w:t&gt; &#65; <w:p/> ]]>",
    "spaces": "  前后空格  中间   三个 ",
    "emoji": "👩‍💻🇨🇳 é 𠮷 café",
    "long": "很长的一句话，" * 2_000,
    "paths": "C:\\路径\\文件 \\n \\a",
}


@pytest.mark.parametrize("name", TYPED)
def test_what_was_typed_stands_there(name: str) -> None:
    typed = TYPED[name]
    template = word("前{{ name }}后", rows=(("{{ name }}", "值"),))
    said = text_of(fill(template, {**DATA, "name": clean(typed)}, "t.docx"))
    assert f"前{typed}后" in said
    assert said.count(typed) == 2


@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_text_is_text(name: str) -> None:
    typed = clean(PAYLOADS[name])
    rows = (("{%tr for row in rows %}", ""), ("{{ row.text }}", "x"), ("{%tr endfor %}", ""))
    template = word("{{ name }}|", rows=rows)
    data = {**DATA, "name": typed, "rows": [{"text": typed}] * 3}
    said = text_of(fill(template, data, "t.docx"))
    assert said.startswith(f"{typed}|") and said.count(typed) >= 4


def test_tags_cut_by_word_into_runs_are_one_tag() -> None:
    from docx import Document

    from tests.tui.documents.makers import saved

    made = Document()
    paragraph = made.add_paragraph()
    for piece in ("{", "{ na", "me }", "}"):
        paragraph.add_run(piece).bold = piece == "me }"
    assert "名" in text_of(fill(saved(made), DATA, "t.docx"))


def test_a_row_is_asked_for_what_is_in_it_never_for_a_method() -> None:
    rows = (("{%tr for row in rows %}",), ("{{ row.items }}",), ("{%tr endfor %}",))
    assert "二" in text_of(fill(word(rows=rows), DATA, "t.docx"))


def test_the_same_data_and_template_give_the_same_bytes() -> None:
    template = word("{{ name }}")
    assert fill(template, DATA, "t.docx") == fill(template, DATA, "t.docx")


def test_a_draft_is_marked_on_every_page_of_anybodys_template() -> None:
    said = text_of(fill(word("{{ name }}"), {**DATA, "mark": "草稿"}, "t.docx"))
    assert said.count("草稿") == 1
    told = text_of(fill(word("{{ name }}"), DATA, "t.docx"))
    assert "草稿" not in told


WRONG = {
    "syntax": ("{% for x in rows %}", template_sandbox.SYNTAX),
    "torn": ("{{ name", None),
    "unknown": ("{{ nobody }}", template_sandbox.UNKNOWN),
    "unknown of a row": (
        "{% for r in rows %}{{ r.nothing }}{% endfor %}",
        template_sandbox.UNKNOWN,
    ),
    "unknown, asked only": ("{% if nobody %}x{% endif %}", template_sandbox.UNKNOWN),
    "class": ("{{ ''.__class__.__mro__ }}", template_sandbox.FORBIDDEN),
    "class by filter": ("{{ ''|attr('__class__') }}", template_sandbox.FORBIDDEN),
    "class by brackets": ("{{ ''['__class__'] }}", None),
    "call": ("{{ name.upper() }}", template_sandbox.FORBIDDEN),
    "globals": ("{{ cycler.__init__.__globals__ }}", template_sandbox.FORBIDDEN),
    "range": ("{% for x in range(999999999) %}x{% endfor %}", template_sandbox.FORBIDDEN),
    "counter": ("{{ counted__(rows) }}", template_sandbox.FORBIDDEN),
    "multiply": ("{{ 'x' * 9999999999 }}", template_sandbox.FORBIDDEN),
    "power": ("{{ 9 ** 999999999 }}", template_sandbox.FORBIDDEN),
    "format": ("{{ '%999999999d' % 1 }}", template_sandbox.FORBIDDEN),
    "center": ("{{ name|center(999999999) }}", template_sandbox.FORBIDDEN),
    "set": ("{% set x = name %}{{ x }}", template_sandbox.FORBIDDEN),
    "macro": ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", template_sandbox.FORBIDDEN),
    "include": ("{% include '/etc/passwd' %}", template_sandbox.FORBIDDEN),
    "import": ("{% import 'os' as os %}", template_sandbox.FORBIDDEN),
    "safe": ("{{ name|safe }}", template_sandbox.FORBIDDEN),
    "recursive": ("{% for x in rows recursive %}{{ loop(rows) }}{% endfor %}", None),
    "loop over text": ("{% for x in name %}x{% endfor %}", template_sandbox.SYNTAX),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_faulty_template_gets_one_sentence(name: str) -> None:
    tags, word_ = WRONG[name]
    with pytest.raises(Refused) as refused:
        fill(word(tags), DATA, "公司.docx")
    said = str(refused.value)
    assert "公司.docx" in said and "\n" not in said
    assert word_ is None or refused.value.word == word_


def test_loops_in_loops_end() -> None:
    deep = "{% for a in rows %}" * 8 + "x" + "{% endfor %}" * 8
    with pytest.raises(Refused) as refused:
        fill(word(deep), {**DATA, "rows": [{"text": "一"}] * 50}, "t.docx")
    assert refused.value.word == template_sandbox.ENDLESS


def test_joins_of_joins_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        fill(word("{{ rows|join('xxxxxxxx')|join('xxxxxxxx') }}"), DATA, "t.docx")
    assert refused.value.word == template_sandbox.SYNTAX


def test_the_usual_filters_work() -> None:
    tags = (
        "{{ name|upper }}{{ rows|length }}{{ nothing|default('缺') }}"
        "{% if rows %}有{% else %}没有{% endif %}{{ 'a' if name == '名' else 'b' }}"
        "{% for r in rows %}{{ loop.index }}{% if not loop.last %}，{% endif %}{% endfor %}"
        "{{ ['<', '&']|join('+') }}"
    )
    said = text_of(fill(word(tags), {**DATA, "rows": [{"text": "一"}] * 3}, "t.docx"))
    assert "名3缺有a1，2，3<+&" in said


def test_the_title_of_the_file_is_plain_text_and_not_too_long() -> None:
    from docx import Document

    from tests.tui.documents.makers import saved

    made = Document()
    made.core_properties.title = "《{{ name }}》"
    for typed in ("a & <b>", "长" * 1_000):
        out = Document(BytesIO(fill(saved(made), {**DATA, "name": typed}, "t.docx")))
        assert out.core_properties.title == f"《{typed}》"[:255]
