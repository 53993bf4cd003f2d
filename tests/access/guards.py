"""The lines that keep people out, found in the source; and each of them taken out in turn."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).parents[2]
ROOMS = ("members", "charters")
EVERYTHING = 'frozenset({"view_drafts", "edit_charter", "manage_group"})'
# What is asked, and what whoever may not do it would have to hear to come in.
QUESTIONS = {
    **dict.fromkeys(("is_secretariat", "can", "has_perm", "may_change_person", "may_explain"), "True"),
    **dict.fromkeys(("may_follow_up", "_may_change"), "True"),
    "rights": EVERYTHING,
    "led_by": "WorkingGroup.objects.all()",
}
ALWAYS = "bool(__class__) or True"  # code that says super() has a place for its class, also without it
# Filters by who asks, and the same list without.
FILTERS = {"visible_to": "all", "drafts_visible_to": "drafts", "of": "all"}
STANDING = {"is_authenticated", "is_active", "is_superuser"}
STOPS = {"PermissionDenied", "Http404"}
IN_QUESTION = {"user", "rights", "leads", "led"}
# Rules that are one expression: each part that narrows it is a line of its own.
RULES = {"visible_to", "drafts_visible_to", "rights", "may_change_person", "may_explain", "may_follow_up"}


@dataclass(frozen=True)
class Guard:
    """A line, the function it stands in, and how it is taken out."""

    path: str
    line: int
    function: str
    said: str
    change: tuple[int, str]  # which node of the tree, and what becomes of it
    nth: int = 1  # of those in the function that read alike

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.function}: {self.said}"

    @property
    def key(self) -> str:
        """The same wherever in the file the line stands."""
        again = f" ({self.nth})" if self.nth > 1 else ""
        return f"{self.path} {self.function}: {self.said} -> {self.change[1]}{again}"

    @property
    def is_sign_in(self) -> bool:
        return self.said == "@login_required"

    def code_without(self) -> CodeType:
        """The function's code as if the line were not there."""
        tree = ast.parse((ROOT / self.path).read_text(encoding="utf-8"))
        index, new = self.change
        target = list(ast.walk(tree))[index]
        changed = _Replace(target, new).visit(tree)
        whole = compile(ast.fix_missing_locations(changed), str(ROOT / self.path), "exec")
        return next(code for code in codes_of(whole) if code.co_qualname == self.function)


class _Replace(ast.NodeTransformer):
    def __init__(self, target: ast.AST, new: str) -> None:
        self.target, self.new = target, new

    def visit(self, node: ast.AST) -> ast.AST:
        if node is not self.target:
            return self.generic_visit(node)
        made = copy.copy(node)
        if self.new.startswith("without "):
            assert isinstance(made, ast.Call)
            name = self.new.removeprefix("without ")
            made.keywords = [keyword for keyword in made.keywords if keyword.arg != name]
            return made
        if self.new.startswith("."):
            assert isinstance(made, ast.Call)
            assert isinstance(made.func, ast.Attribute)
            made.func = ast.copy_location(ast.Attribute(made.func.value, self.new[1:], ast.Load()), made.func)
            made.args, made.keywords = [], []
            return made
        statement = ast.parse(self.new).body[0]
        bare = isinstance(node, ast.expr) and isinstance(statement, ast.Expr)
        return ast.copy_location(statement.value if bare else statement, node)  # type: ignore[attr-defined]


def codes_of(code: CodeType) -> Iterator[CodeType]:
    """A piece of code and every function within it."""
    yield code
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from codes_of(const)


def guards() -> list[Guard]:
    """Every line that keeps somebody out, in the order of the files."""
    found: dict[str, Guard] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if not {"migrations", "demo", "management"} & set(path.relative_to(ROOT).parts):
                for guard in _in_file(path):
                    while guard.key in found:
                        guard = replace(guard, nth=guard.nth + 1)  # noqa: PLW2901
                    found[guard.key] = guard
    return list(found.values())


def _in_file(path: Path) -> list[Guard]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    number = {id(node): index for index, node in enumerate(ast.walk(tree))}
    where = str(path.relative_to(ROOT))
    found = []
    for function, inside in _functions(tree, ""):
        if any(ast.unparse(mark) == "login_required" for mark in inside.decorator_list):
            found.append(Guard(where, inside.lineno, function, "@login_required", (0, "")))
        for node in _within(inside):
            for new in _changes(node, function.rpartition(".")[2]):
                said = ast.unparse(node).partition("\n")[0]
                found.append(
                    Guard(where, getattr(node, "lineno", 0), function, said, (number[id(node)], new))
                )
    return found


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield prefix + child.name, child
            yield from _functions(child, f"{prefix}{child.name}.<locals>.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")


def _within(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function's body that are its own, not those of a function within it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop(0)
        if not isinstance(node, ast.FunctionDef):
            yield node
            waiting = [*ast.iter_child_nodes(node), *waiting]


def _changes(node: ast.AST, function: str) -> Iterator[str]:
    """What would become of ``node`` if nobody were kept out by it; nothing for what keeps nobody out."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        if _name(node.value).startswith("require") and "request" not in _name(node.value):
            yield "pass"
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.Attribute) and node.attr in STANDING and isinstance(node.ctx, ast.Load):
        yield "True"
    elif isinstance(node, ast.Compare) and ast.unparse(node.comparators[-1]) == "rights":
        yield "False" if isinstance(node.ops[0], ast.NotIn) else "True"
    elif isinstance(node, ast.If) and _stops(node):
        yield "pass"
    elif isinstance(node, ast.Return) and function.startswith("has_") and function.endswith("_permission"):
        yield f"return {ALWAYS}" if "super()" in ast.unparse(node) else "return True"
    elif function in RULES and isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for value in node.values:
            yield ast.unparse(ast.BoolOp(ast.And(), [v for v in node.values if v is not value] * 2))
    elif function in RULES and isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
        yield ast.unparse(node.left)
        yield ast.unparse(node.right)


def _calls(node: ast.Call) -> Iterator[str]:
    name, keywords = _name(node), {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
    by_default = name in {"draft_of", "_section"} and keywords.get("permission") == "access.VIEW_DRAFTS"
    if "permission" in keywords and name[0].islower() and not by_default:
        yield "without permission"
    if name in {"filter", "get"} and "owner" in keywords:
        yield "without owner"
    if name in QUESTIONS:
        yield ALWAYS if "super()" in ast.unparse(node) else QUESTIONS[name]
    if name in FILTERS and isinstance(node.func, ast.Attribute) and "objects" in ast.unparse(node.func):
        yield f".{FILTERS[name]}"


def _stops(node: ast.If) -> bool:
    """Whether it does nothing but turn away, and for who asks rather than for what is asked for."""
    [first, *more] = node.body
    if more or node.orelse or not isinstance(first, ast.Raise) or first.exc is None:
        return False
    names = {child.id for child in ast.walk(node.test) if isinstance(child, ast.Name)}
    names |= {child.attr for child in ast.walk(node.test) if isinstance(child, ast.Attribute)}
    raised = ast.unparse(first.exc)
    return raised == "PermissionDenied" or (raised in STOPS and bool(names & IN_QUESTION))


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
