"""Sandbox: the little that a template may say: names, attributes, `if`, `for` and some filters.

A template comes from a colleague or a stranger. It can call nothing, set nothing and define
nothing, so that it can neither reach the program nor grow without end; what it repeats is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from jinja2 import Template, Undefined, nodes
from jinja2.exceptions import TemplateRuntimeError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.text.words import Refused, W

TURNS = 200_000
"""Most turns of all loops of a document together."""
MOST = 64 << 20
"""Most characters of a part that comes out."""
FORBIDDEN = W(
    "模板 {file} 用了不允许的写法（第 {line} 行：{what}）。只能用名称、if、for 和常用过滤器。",
    "The template {file} uses what is not allowed (line {line}: {what}). Names, if, for and the"
    " usual filters are.",
)
UNKNOWN = W(
    "模板 {file} 用了没有的名称（{what}）。可用的名称见 sitebook paper names。",
    "The template {file} uses a name that does not exist ({what}). sitebook paper names lists"
    " them.",
)
ENDLESS = W(
    "模板 {file} 展开后太大，没有采用。请检查其中的循环。",
    "The template {file} grows too large and was not used. Check its loops.",
)
SYNTAX = W(
    "模板 {file} 有语法错误（{what}）。请改正后再导出。",
    "The template {file} has a mistake in its tags ({what}). Correct it and export again.",
)
_ALLOWED: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name),
    *(nodes.Const, nodes.Tuple, nodes.List, nodes.Getattr, nodes.Getitem, nodes.Filter),
    *(nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr),
    *(nodes.Add, nodes.Sub, nodes.Neg, nodes.Keyword, nodes.Concat),
)
_FILTERS = frozenset(
    (
        *("default", "d", "upper", "lower", "title", "capitalize", "trim", "length", "count"),
        *("first", "last", "join", "sort", "reverse", "list", "unique", "groupby"),
        *("selectattr", "rejectattr", "e", "escape"),
    )
)
_TESTS = frozenset(
    (
        *("defined", "undefined", "none", "string", "number", "equalto", "eq", "ne", "lt", "gt"),
        *("in", "odd", "even"),
    )
)


class Strange(Exception):
    """A template with an expression that is not allowed."""

    def __init__(self, word: W, what: str = "", line: int = 0) -> None:
        super().__init__(word.en)
        self.word, self.what, self.line = word, what, line

    def named(self, file: str) -> Refused:
        """The same as a sentence that names the file."""
        return Refused(self.word, file=file, what=self.what[:80], line=self.line)


class _Missing(Undefined):
    """A name that the data lacks: every use of it is refused, printing too."""

    def _told(self, *_args: Any, **_more: Any) -> Any:
        raise Strange(UNKNOWN, str(self._undefined_name))

    __iter__ = __str__ = __len__ = __bool__ = __eq__ = __ne__ = __hash__ = _told
    __getattr__ = __getitem__ = __call__ = __add__ = __radd__ = __html__ = _told


class _Bounded(Template):
    """A template whose output is counted while it comes."""

    def render(self, *args: Any, **more: Any) -> str:
        """The text; `Strange` when there is too much of it."""
        cast(Sandbox, self.environment).turns = 0
        found, size = list[str](), 0
        for piece in self.generate(*args, **more):
            size += len(piece)
            if size > MOST:
                raise Strange(ENDLESS)
            found.append(piece)
        return "".join(found)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with nearly everything taken out; text from data is always escaped."""

    template_class = _Bounded

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=_Missing)
        self.turns = 0
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.filters["join"] = _join
        self.filters["default"] = self.filters["d"] = _default
        self.tests = {name: self.tests[name] for name in _TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The tree, looked through node by node; every loop counts its turns."""
        tree = super()._parse(source, name, filename)
        for node in _walk(tree):
            _check(node)
        for loop in list(tree.find_all(nodes.For)):
            nothing = nodes.Const(None, lineno=loop.lineno)
            loop.iter = nodes.Call(nothing, [loop.iter], [], None, None, lineno=loop.lineno)
        tree.set_environment(self)
        return tree

    def call(__self, __context: Any, __obj: Any, *args: Any, **_more: Any) -> Any:
        """Only the counter is called, which `_parse` puts around what a loop iterates over."""
        return __self._counted(*args)

    def is_safe_callable(self, _obj: Any) -> bool:
        """Nothing is."""
        return False

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a row is asked for is in it, or missing: never a method of it."""
        if isinstance(obj, Mapping):
            return self.getitem(obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The same in brackets."""
        if isinstance(obj, Mapping):
            return obj[argument] if argument in obj else self.undefined(name=str(argument))
        return super().getitem(obj, argument)

    def _counted(self, things: Any) -> list[Any]:
        if isinstance(things, (str, bytes, Mapping, int)) or things is None:
            raise Strange(SYNTAX, "for")
        found = list(things)
        self.turns += len(found) + 1
        if self.turns > TURNS:
            raise Strange(ENDLESS)
        return found


def read(what: Callable[[], Any], file: str) -> Any:
    """Do something with a template; whatever it does wrong is one sentence that names the file."""
    try:
        return what()
    except Strange as error:
        raise error.named(file) from error
    except TemplateSyntaxError as error:
        raise Refused(SYNTAX, file=file, what=str(error.message)[:120]) from error
    except TemplateRuntimeError as error:
        raise Refused(SYNTAX, file=file, what=str(error)[:120]) from error
    except (RecursionError, MemoryError) as error:
        raise Refused(ENDLESS, file=file) from error


def _walk(tree: nodes.Node) -> Iterator[nodes.Node]:
    yield tree
    for child in tree.iter_child_nodes():
        yield from _walk(child)


def _check(node: nodes.Node) -> None:
    """Raise unless the node is one of those allowed."""
    if type(node) not in _ALLOWED or (isinstance(node, nodes.For) and node.recursive):
        raise Strange(FORBIDDEN, type(node).__name__.lower(), node.lineno)
    if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
        raise Strange(FORBIDDEN, f"|{node.name}", node.lineno)
    if isinstance(node, nodes.Test) and node.name not in _TESTS:
        raise Strange(FORBIDDEN, f"is {node.name}", node.lineno)
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise Strange(FORBIDDEN, f".{node.attr}", node.lineno)


def _default(value: Any, other: Any = "") -> Any:
    """Jinja's `default` for data in which a field without a value is an empty text or list."""
    return other if isinstance(value, Undefined) or value in ("", [], None) else value


def _join(things: Any, between: str = "") -> str:
    """Jinja's `join` for lists; joins of joined text would grow and grow."""
    from markupsafe import escape

    if isinstance(things, str):
        raise Strange(SYNTAX, "join")
    found = [str(escape(one)) for one in (things if isinstance(things, list) else list(things))]
    glue = str(escape(between))
    if sum(map(len, found)) + len(glue) * len(found) > MOST:
        raise Strange(ENDLESS)
    return _safe(glue.join(found))


def _safe(text: str) -> str:
    from markupsafe import Markup

    return Markup(text)
