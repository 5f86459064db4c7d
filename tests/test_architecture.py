"""The architecture: which module may import what, how long a module may be, and what every public name says of itself.

The rules are the tables below; the checkers are plain functions over a module's text, and are themselves tried on bad ones.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "kgpub"
TESTS = ROOT / "tests"
MODULES = {file.relative_to(SRC).as_posix(): file.read_text(encoding="utf-8") for file in sorted(SRC.rglob("*.py"))}

LEAVES = {
    "bound",
    "errors",
    "explain",
    "labels",
    "matching",
    "model",
    "vocabulary",
    "queries",
    "parameters",
    "results",
    "syntax",
}
"""What every stage may import. `explain` is a folder: the command line and the endpoint both ask it why an answer is empty."""

STAGES = {"collect", "convert", "execute", "graph", "link", "publish", "serve"}
COMMANDS = {path for path in MODULES if path.startswith("commands/")}
JOINERS = {"pipeline.py", "validation.py", "extraction.py", "cli.py", "serve/app.py", *COMMANDS}
"""The only modules that may import from every stage."""

EDGE = {"project.py": {"errors"}, "progress.py": set(), "__init__.py": set(), "__main__.py": {"cli"}, "why.py": LEAVES}
"""The modules at the top that are neither stage nor leaf nor joiner, and what of ours each may import."""

EXCEPTIONS: dict[tuple[str, str], str] = {}
"""Imports from another stage that are allowed all the same, with the reason."""

LIBRARIES = {
    "pyoxigraph": (
        *("convert/", "explain/", "graph/", "link/", "publish/", "serve/"),
        *("commands/", "pipeline.py", "bound.py", "queries.py", "parameters.py", "results.py", "labels.py", "why.py"),
    ),
    # Its SPARQL parser takes a query apart to be explained: the engine does not show its own parse.
    "rdflib": ("graph/shapes.py", "explain/read.py", "explain/expressions.py"),
    "pyshacl": ("graph/shapes.py",),
    "yaml": ("collect/", "queries.py"),
    "jsonschema": ("collect/schema.py",),
    "referencing": ("collect/schema.py",),
    "click": ("cli.py", "commands/", "progress.py"),
    "uvicorn": ("commands/publication.py", "serve/connections.py"),
    "rapidfuzz": ("matching.py",),
    "jinja2": ("publish/", "serve/"),
    "starlette": ("serve/",),
    "SPARQLWrapper": ("link/",),
    "httpx": ("publish/push/", "serve/endpoint/"),
    "pyspark": ("execute/spark.py",),
}  # fmt: skip
"""Who owns which library: a change of it touches these modules and no others."""

LAZY = {
    **dict.fromkeys(sorted(COMMANDS), "Commands import what they need when they run"),
    "execute/spark.py": "pyspark",
    "serve/engine.py": "loaded where there is one",
}
"""Modules that may import inside a function, and the words in which they say why."""

NO_MODULE = {
    "test_alignment.py": "ontology/alignment.ttl",
    "test_architecture.py": "this",
    "test_checks.py": "queries/check",
    "test_deploy.py": "deploy/ and docs/deploy.md",
    "test_docs.py": "README and docs/",
    "test_golden.py": "the extraction, by the settled readings",
    "test_main.py": "the command as a program of its own",
    "test_modified_day.py": "one question to kgpub.toml, git and the environment",
    "test_parts.py": "tests/parts.py",
    "test_publication.py": "the real corpus, built",
    "test_construct.py": "queries/construct",
    "test_references.py": "the references of the real corpus, and bench/references.py",
    "test_shapes.py": "shapes/",
    "test_wheel.py": "what the wheel holds",
    "test_site_queries.py": "queries/site",
    "browser/test_accessibility.py": "every type of page, under axe-core",
    "browser/test_engine.py": "web/src/engine, in Chromium",
    "browser/test_every_page.py": "every type of page, from a folder, a host and the service",
    "browser/test_gallery.py": "web/src/gallery, in Chromium",
    "browser/test_hostile.py": "the pages of a publication whose names are markup",
    "browser/test_keyboard.py": "the pages by the keys alone",
    "browser/test_novice.py": "the way of one who has never heard of RDF",
    "browser/test_print.py": "the pages on paper",
    "browser/test_search.py": "templates/site/search.js, in Chromium",
    "browser/test_service.py": "the SPARQL page of the running service, in Chromium",
    "browser/test_sparql_page.py": "web/src/sparql, in Chromium",
    "publish/test_crawl.py": "all files of the built site together",
    "collect/test_layout_files.py": "layout.toml of the collections",
    "convert/fields/test_bounded.py": "every parser on lines without end",
    "convert/formats/bulletin/test_layout_keys.py": "docs/layouts.md, key by key",
    "serve/test_comunica.py": "the running service, asked by Comunica",
    "serve/test_entities.py": "entities over HTTP: forms, links, validators, ids that are gone",
    "serve/test_every_route.py": "the route table, with anything in every parameter",
    "serve/test_hostile.py": "tests/serve/hostile against the running command",
    "serve/test_live.py": "a running server",
    "serve/test_openapi_fuzzed.py": "the OpenAPI document, by schemathesis",
    "serve/test_protocol_w3c.py": "the W3C's protocol tests, case by case",
    "serve/reconcile/test_real_names.py": "the names of the real corpus, matched",
}
"""Tests that mirror no module of src/, and what they hold instead."""

LONGEST = 400


@dataclass(frozen=True)
class Import:
    name: str
    line: int
    lazy: bool = False
    typing: bool = False

    @property
    def head(self) -> str:
        return self.name.split(".")[0]


def imports(text: str, path: str = "") -> list[Import]:
    """Return every import of a module; `from kgpub import x` is an import of kgpub.x, relative ones are spelled out."""
    found: list[Import] = []

    def visit(node: ast.AST, lazy: bool, typing: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                found.extend(Import(one.name, child.lineno, lazy, typing) for one in child.names)
            elif isinstance(child, ast.ImportFrom):
                parts = ["kgpub", *path.split("/")[:-1]] if child.level else []
                base = ".".join([*parts[: len(parts) - child.level + 1], *filter(None, [child.module])])
                names = [f"{base}.{one.name}" for one in child.names] if base == "kgpub" or child.level else [base]
                found.extend(Import(name, child.lineno, lazy, typing) for name in names)
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            guarded = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
            visit(child, lazy or inside, typing or guarded)

    visit(ast.parse(text), False, False)
    return found


def misplaced(path: str, text: str) -> list[str]:
    """Return what a module imports that it may not, one sentence each."""
    stage = path.split("/")[0] if "/" in path else ""
    found = []
    for one in imports(text, path):
        where = f"{path}:{one.line} imports {one.name}"
        if one.head == "kgpub":
            other = [*one.name.split("."), ""][1]
            if path not in JOINERS and (path, other) not in EXCEPTIONS and not _may(path, stage, other):
                found.append(f"{where}, which is not for {stage or path}")
        elif one.head in LIBRARIES:
            if not path.startswith(LIBRARIES[one.head]):
                found.append(f"{where}, which belongs to {', '.join(LIBRARIES[one.head])}")
        elif one.head not in sys.stdlib_module_names and not one.typing:
            found.append(f"{where}, which no module owns")
        if one.lazy and path not in LAZY:
            found.append(f"{where} inside a function")
    return found


def _may(path: str, stage: str, other: str) -> bool:
    if stage:
        return other in {stage, *LEAVES}
    if path.removesuffix(".py") in LEAVES:
        return other in LEAVES
    # `from kgpub import __version__`
    return other == "__version__" or other in EDGE.get(path, set())


def cycles(modules: dict[str, str]) -> list[str]:
    """Return every module that reaches itself by imports, lazy ones included."""
    known = {_dotted(path): path for path in modules}
    edges = {
        name: {
            target for one in imports(modules[path], path) if not one.typing and (target := _module(one.name, known))
        }
        for name, path in known.items()
    }

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        stack = list(edges[start])
        while stack:
            name = stack.pop()
            if name not in seen:
                seen.add(name)
                stack.extend(edges[name])
        return seen

    return [name for name in edges if name in reached(name)]


def _dotted(path: str) -> str:
    return ".".join(["kgpub", *path.removesuffix(".py").removesuffix("__init__").rstrip("/").split("/")]).rstrip(".")


def _module(name: str, known: dict[str, str]) -> str:
    return name if name in known else _module(name.rpartition(".")[0], known) if "." in name else ""


Function = ast.FunctionDef | ast.AsyncFunctionDef


def public(text: str) -> Iterator[tuple[str, ast.ClassDef | Function]]:
    """Yield the public classes and functions of a module, and the public methods of those classes."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield node.name, node
            for inner in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(inner, Function) and (not inner.name.startswith("_") or inner.name == "__init__"):
                    yield f"{node.name}.{inner.name}", inner


def unsaid(path: str, text: str) -> list[str]:
    """Return the public names of a module that lack a docstring or a type hint."""
    found = [] if ast.get_docstring(ast.parse(text)) else [f"{path} has no docstring"]
    for name, node in public(text):
        # What a class is made of is said by the class.
        if not ast.get_docstring(node) and not name.endswith(".__init__") and not _overrides(node):
            found.append(f"{path}:{node.lineno} {name} has no docstring")
        if isinstance(node, Function):
            given = node.args
            args = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
            bare = [arg.arg for arg in args if arg.annotation is None and arg.arg not in ("self", "cls")]
            if bare or node.returns is None:
                found.append(f"{path}:{node.lineno} {name} lacks the type of {', '.join(bare) or 'what it returns'}")
    return found


def _overrides(node: ast.AST) -> bool:
    # Methods of a library's base class, which says what they do.
    return isinstance(node, Function) and node.name in {"invoke", "dispatch", "get_command"}


# -- the rules hold ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES)
def test_a_module_imports_only_what_it_may(path: str) -> None:
    assert misplaced(path, MODULES[path]) == []


def test_no_module_reaches_itself() -> None:
    assert cycles(MODULES) == []


@pytest.mark.parametrize("path", MODULES)
def test_a_module_is_short(path: str) -> None:
    assert MODULES[path].count("\n") < LONGEST


@pytest.mark.parametrize("path", MODULES)
def test_every_public_name_has_a_docstring_and_type_hints(path: str) -> None:
    assert unsaid(path, MODULES[path]) == []


@pytest.mark.parametrize("path", [path for path in MODULES if list(public(MODULES[path]))])
def test_a_module_says_what_is_public_before_its_code(path: str) -> None:
    for node in ast.parse(MODULES[path]).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return
        assert not isinstance(node, ast.ClassDef | Function), f"{path}:{node.lineno} comes before __all__"
    pytest.fail(f"{path} has no __all__")


@pytest.mark.parametrize("path", sorted(file.relative_to(TESTS).as_posix() for file in TESTS.rglob("test_*.py")))
def test_a_test_file_mirrors_a_module(path: str) -> None:
    if path in NO_MODULE:
        return
    folder, _, name = path.rpartition("/")
    mirrored = SRC / folder / name.removeprefix("test_").removesuffix(".py")
    assert mirrored.with_name(f"{mirrored.name}.py").is_file() or mirrored.is_dir()


def test_the_tables_hold_nothing_that_is_gone() -> None:
    assert {one for one in (*JOINERS, *EDGE) if one not in MODULES} == set()
    assert all(f"{leaf}.py" in MODULES or f"{leaf}/__init__.py" in MODULES for leaf in LEAVES)
    assert {path.split("/")[0] for path in MODULES if "/" in path} <= {*STAGES, *LEAVES, "commands"}
    for path, other in EXCEPTIONS:
        assert any(one.name.startswith(f"kgpub.{other}") for one in imports(MODULES[path])), (
            f"{path} is no exception any more"
        )
    for path, reason in LAZY.items():
        assert path not in MODULES or reason in " ".join(MODULES[path].split())


# -- and they bite ----------------------------------------------------------------------------------------------------------

BAD = [
    (
        "convert/bad.py",
        "from kgpub.graph.load import load_store\n",
        "convert/bad.py:1 imports kgpub.graph.load, which is not for convert",
    ),
    ("convert/bad.py", "import kgpub.publish.site\n", "which is not for convert"),
    ("convert/bad.py", "from kgpub import pipeline\n", "imports kgpub.pipeline, which is not for convert"),
    ("convert/fields/bad.py", "from ...graph import load\n", "imports kgpub.graph.load, which is not for convert"),
    ("convert/bad.py", "import yaml\n", "imports yaml, which belongs to collect/, queries.py"),
    ("convert/bad.py", "import numpy\n", "imports numpy, which no module owns"),
    (
        "convert/bad.py",
        "def f():\n    from kgpub.model import Problem\n",
        "convert/bad.py:2 imports kgpub.model inside a function",
    ),
    ("convert/bad.py", "class A:\n    def f(self):\n        import re\n", "imports re inside a function"),
    ("model.py", "from kgpub.collect.layers import digest\n", "which is not for model.py"),
    ("project.py", "from kgpub.queries import Query\n", "which is not for project.py"),
    ("why.py", "from kgpub.convert.lines import parse_runs\n", "imports kgpub.convert.lines, which is not for why.py"),
    ("cli.py", "def f():\n    from kgpub import pipeline\n", "cli.py:2 imports kgpub.pipeline inside a function"),
    ("serve/pages.py", "from kgpub.publish.turtle import x\n", "which is not for serve"),
    ("publish/bad.py", "import rdflib\n", "imports rdflib, which belongs to graph/shapes.py"),
    ("explain/bad.py", "from kgpub.graph.load import x\n", "imports kgpub.graph.load, which is not for explain"),
    ("collect/bad.py", "from kgpub.convert.fields.names import x\n", "which is not for collect"),
]


@pytest.mark.parametrize(("path", "text", "told"), BAD)
def test_a_wrong_import_is_found(path: str, text: str, told: str) -> None:
    (sentence,) = misplaced(path, text)
    assert told in sentence


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("convert/good.py", "import re, pyoxigraph\nfrom kgpub.model import Problem\nimport kgpub.convert.terms\n"),
        ("pipeline.py", "from kgpub.collect.corpus import scan\nfrom kgpub.publish.site import publish\n"),
        ("errors.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from kgpub.model import Problem\n"),
        ("commands/why.py", "def f():\n    from kgpub import pipeline\n"),
        ("execute/spark.py", "def f():\n    import pyspark\n"),
    ],
)  # fmt: skip
def test_a_right_import_is_let_be(path: str, text: str) -> None:
    assert misplaced(path, text) == []


def test_a_cycle_is_found_even_through_a_function() -> None:
    modules = {
        "a.py": "from kgpub.b import x\n",
        "b.py": "def f():\n    from kgpub import c\n",
        "c.py": "import kgpub.a\n",
        "d.py": "import kgpub.a\n",
        "e/__init__.py": "",
        "e/f.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import kgpub.e.f\n",
    }
    assert cycles(modules) == ["kgpub.a", "kgpub.b", "kgpub.c"]


UNSAID = [
    ("x = 1\n", "bad.py has no docstring"),
    ('"""M."""\ndef f() -> None: ...\n', "bad.py:2 f has no docstring"),
    ('"""M."""\nclass A:\n    """A."""\n    def f(self) -> None: ...\n', "bad.py:4 A.f has no docstring"),
    ('"""M."""\ndef f(a, *b, c: int) -> None:\n    """F."""\n', "bad.py:2 f lacks the type of a, b"),
    ('"""M."""\nasync def f(a: int):\n    """F."""\n', "bad.py:2 f lacks the type of what it returns"),
    (
        '"""M."""\nclass A:\n    """A."""\n    def __init__(self, a) -> None: ...\n',
        "bad.py:4 A.__init__ lacks the type of a",
    ),
]


@pytest.mark.parametrize(("text", "told"), UNSAID)
def test_what_is_unsaid_is_found(text: str, told: str) -> None:
    assert unsaid("bad.py", text) == [told]


def test_private_names_may_be_silent() -> None:
    assert unsaid("good.py", '"""M."""\ndef _f(a): ...\nclass _A:\n    def f(self, a): ...\n') == []
