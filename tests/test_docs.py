"""The docs are held to their word. `python -m tests.test_docs` writes the help blocks of docs/cli.md and docs/rules.md anew."""

from __future__ import annotations

import json
import re
import shlex
import socket
from pathlib import Path

import pytest
import uvicorn
from click.testing import CliRunner

from kgpub.cli import cli
from kgpub.collect.authority import KINDS, LEDGER
from kgpub.collect.layers import parse_layer
from kgpub.commands import publication as publishing
from kgpub.commands import shared
from kgpub.convert.formats.bulletin.rules import RULES as BULLETIN
from kgpub.convert.formats.registry import meanings
from kgpub.project import Project
from tests.tiny import PROJECT

DOCS = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")])
CLI = PROJECT / "docs" / "cli.md"
EXPLAIN = PROJECT / "docs" / "explain.md"
RULES = PROJECT / "docs" / "rules.md"
_HELP = re.compile(r"(<!-- help ?(\w*) -->\n).*?(<!-- end -->)", re.DOTALL)
WRITING = {"build", "check", "extract", "link", "push"}
"""Commands whose examples are not run here: they read the whole corpus or a text that is not ours, ask a server or
write into the ledger; test_cli.py and commands/test_link.py run them."""


def shown_help(command: str) -> str:
    arguments = [command, "--help"] if command else ["--help"]
    return CliRunner().invoke(cli, arguments, prog_name="kgpub", terminal_width=80).stdout


def regenerated(text: str) -> str:
    """Return docs/cli.md with each help block as the command prints it."""
    return _HELP.sub(lambda block: f"{block[1]}```text\n{shown_help(block[2])}```\n{block[3]}", text)


def blocks(file: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", file.read_text(encoding="utf-8"), re.DOTALL)


def examples(text: str) -> list[str]:
    """The lines that call kgpub, without what a shell would not pass on."""
    found = re.findall(r"^ *(?:\.venv/bin/)?kgpub +(\w+.*)$", text, re.MULTILINE)
    return [re.split(r"\s{2,}(?=\S)|\s+#", line)[0].strip() for line in found]


def rules_page() -> str:
    """Return docs/rules.md: every rule that a value may name, with its sentence."""
    own = {rule: meaning for rule, meaning in meanings().items() if rule not in BULLETIN}
    tables = ["\n".join(f"| `{rule}` | {meaning} |" for rule, meaning in table.items()) for table in (BULLETIN, own)]
    return _RULES_PAGE.format(*tables)


_RULES_PAGE = """# Rules: how each value was read

Every value of a record names the rule of the extraction that read it (`rule: heading`), and the graph repeats it (`cwc:rule`).
A value without one was written by hand. `kgpub why DOCUMENT FIELD` gives the rule of each value in the words below. This page is
written by `python -m tests.test_docs` from the table in `src/kgpub/convert/formats/bulletin/rules.py`.

## A journal in columns (`--format bulletin`)

| rule | what it goes by |
| --- | --- |
{}

## Any record

| rule | what it goes by |
| --- | --- |
{}
"""

README_EXAMPLES = [line for block in blocks(PROJECT / "README.md", "sh") for line in examples(block)]
HELP_EXAMPLES = [
    line for command in ["", *sorted(cli.commands)] for line in examples(shown_help(command).partition("Options:")[0])
]


def test_every_command_is_documented() -> None:
    """Under a heading of its own, with its help, and no command that is gone."""
    headings = re.findall(r"^## kgpub(?: (\w+))?$", CLI.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == ""
    assert sorted(headings[1:]) == sorted(cli.commands)
    assert [block[2] for block in _HELP.finditer(CLI.read_text(encoding="utf-8"))] == headings


def test_the_help_in_the_docs_is_what_the_commands_print() -> None:
    """Run `python -m tests.test_docs` after a change of the command line."""
    text = CLI.read_text(encoding="utf-8")
    assert text == regenerated(text)


def test_the_page_on_rules_is_the_table_in_the_code() -> None:
    """Run `python -m tests.test_docs` after a change of the table."""
    assert RULES.read_text(encoding="utf-8") == rules_page()


def test_a_stale_help_block_would_be_found() -> None:
    """The comparison above is of the whole block."""
    text = CLI.read_text(encoding="utf-8")
    assert regenerated(text.replace("--workers", "--hands")) == text


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_links_lead_somewhere(file: Path) -> None:
    """To a file of the project, and to a heading where they name one; addresses on the web are left alone."""
    for target in re.findall(r"\]\(([^)\s]+)\)", file.read_text(encoding="utf-8")):
        if re.match(r"https?://|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (file.parent / path).resolve() if path else file
        assert there.exists(), f"{file.name}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert anchor in slugs, f"{file.name}: {target}"


def test_every_page_of_the_docs_can_be_found_from_the_readme() -> None:
    """A page that nothing links to is read by nobody."""
    linked = set(re.findall(r"\]\(docs/([\w.-]+\.md)\)", (PROJECT / "README.md").read_text(encoding="utf-8")))
    assert linked == {file.name for file in (PROJECT / "docs").glob("*.md")}


def test_the_two_commands_of_the_readme_are_in_the_makefile() -> None:
    """And every other `make …` that a page names."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"publish", "test"} <= targets
    (first, *_) = blocks(PROJECT / "README.md", "sh")
    assert re.findall(r"^make (\w+)", first, re.MULTILINE) == ["publish", "test"]
    for file in DOCS:
        text = file.read_text(encoding="utf-8")
        assert set(re.findall(r"(?:^|`)make (\w+)", text, re.MULTILINE)) <= targets, file.name


def test_every_command_that_a_page_names_is_there() -> None:
    """Written as code: `kgpub build`."""
    named = {
        (file.name, command)
        for file in DOCS
        for command in re.findall(r"(?:`|^|/)kgpub ([a-z0-9]+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(named) > 10
    assert {(file, command) for file, command in named if command not in cli.commands} == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    "example", [one for one in (*README_EXAMPLES, *HELP_EXAMPLES) if one.split()[0] not in WRITING]
)
def test_every_example_runs(
    publication: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, example: str
) -> None:
    """Those of the README and of every help text, on the first publication; a table of answers is not empty."""
    words = shlex.split(example.replace("- < my-query.rq", "-"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "graphs.trig").write_text("<a:g> { <a:s> <a:p> 1 }", "utf-8")
    monkeypatch.setattr(shared, "project_of", lambda ctx, **_: publication)
    monkeypatch.setattr(publishing, "_listen", lambda host, port: socket.create_server(("127.0.0.1", 0)))
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: None)
    result = CliRunner().invoke(cli, words, input="ASK { ?s ?p ?o }", prog_name="kgpub")
    assert result.exit_code == 0, result.stderr
    assert words[0] == "serve" or len(result.stdout.splitlines()) > ("-" not in words)
    assert "\n0 rows" not in result.stdout


@pytest.mark.slow
def test_the_explanations_in_the_docs_are_what_the_commands_print(
    publication: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for the numbers and the days, which change with the corpus."""
    monkeypatch.setattr(shared, "project_of", lambda ctx: publication)
    asked, told = blocks(EXPLAIN, "sh"), blocks(EXPLAIN, "text")
    assert len(asked) == len(told) == 2
    for command, text in zip(asked, told, strict=True):
        (line,) = examples(command)
        result = CliRunner().invoke(cli, shlex.split(line), prog_name="kgpub")
        assert re.sub(r"[\d,]+", "N", result.stdout) == re.sub(r"[\d,]+", "N", text)


def test_there_are_examples() -> None:
    """The patterns above find what they look for."""
    assert len(README_EXAMPLES) == 6
    assert {line.split()[0] for line in HELP_EXAMPLES} == set(cli.commands)


def test_the_records_in_the_docs_hold_to_the_schemas() -> None:
    """A record, corrections, a description, pages, citations and an index that an editor may copy."""
    schemas = ("record", "corrections", "corrections", "description", "pages", "citations", "index")
    for schema, text in zip(schemas, blocks(PROJECT / "docs" / "records.md", "yaml"), strict=True):
        layer, problems = parse_layer(f"docs/records.md ({schema})", text.encode(), schema)
        assert problems == []
        assert layer is not None


def test_the_authority_entries_in_the_docs_hold_to_the_schemas() -> None:
    """One list for each kind of file."""
    text = "".join(blocks(PROJECT / "docs" / "authority.md", "yaml"))
    parts = [part for part in re.split(r"^(?=\w+:)", text, flags=re.MULTILINE) if part]
    kinds = [part.partition(":")[0] for part in parts]
    assert sorted(kinds) == sorted((*KINDS, LEDGER))
    for kind, part in zip(kinds, parts, strict=True):
        assert parse_layer(f"docs/authority.md ({kind})", part.encode(), kind)[1] == []


def test_the_record_in_the_docs_has_every_field() -> None:
    """A field that the schema has and the page has not is a field that no editor finds."""
    (record, *_) = blocks(PROJECT / "docs" / "records.md", "yaml")
    layer, _ = parse_layer("docs/records.md", record.encode(), "record")
    assert layer is not None
    schema = json.loads((PROJECT / "corpus" / "schema" / "record.schema.json").read_text(encoding="utf-8"))
    assert sorted(layer.data) == sorted(schema["properties"])


if __name__ == "__main__":
    CLI.write_text(regenerated(CLI.read_text(encoding="utf-8")), encoding="utf-8")
    RULES.write_text(rules_page(), encoding="utf-8")
