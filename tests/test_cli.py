"""The commands: what each prints where, its exit code, its help, and what it says of a mistake."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner, Result

from kgpub import __version__
from kgpub.cli import cli
from kgpub.queries import load_queries
from tests.convert.formats.bulletin.texts import TELEGRAM
from tests.tiny import PROJECT, make_tiny

RECORDS = "corpus/letters/records"
COMMANDS = sorted(cli.commands)


def run(file: Path | None, *arguments: str, stdin: str | None = None) -> Result:
    project = ["--project", str(file)] if file else []
    return CliRunner().invoke(cli, [*project, *arguments], input=stdin, prog_name="kgpub")


# -- help, version, mistakes in the command itself -----------------------------------------------------------------------


def test_there_are_the_commands_that_we_know_of() -> None:
    """A command more needs tests of its own."""
    assert COMMANDS == [
        "build",
        "check",
        "extract",
        "link",
        "push",
        "queries",
        "query",
        "serve",
        "sparql",
        "stats",
        "w3id",
        "why",
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example_of_its_command(command: str) -> None:
    """An example says more than a list of options; `-h` is as good as `--help`."""
    result = run(None, command, "--help")
    assert result.exit_code == 0
    assert re.search(rf"Examples?:\n +kgpub {command}\b", result.stdout)
    assert run(None, command, "-h").stdout == result.stdout


def test_the_help_of_all_names_every_command_and_exit_code() -> None:
    """Also where to find completion for the shell."""
    text = run(None, "--help").stdout
    for command in COMMANDS:
        assert re.search(rf"^  {command} ", text, re.MULTILINE)
    assert "0 done; 1 the corpus has problems; 2 the command or the project" in text
    assert "_KGPUB_COMPLETE=bash_source" in text


def test_the_examples_of_the_help_name_queries_and_parameters_that_are_there() -> None:
    """`kgpub query NAME --param NAME=…` can be copied as it stands."""
    known = {query.name: query for query in load_queries(PROJECT / "queries" / "site")}
    examples = re.findall(
        r"kgpub query ([a-z][a-z-]+)(.*)", run(None, "--help").stdout + run(None, "query", "-h").stdout
    )
    assert len(examples) == 4
    for name, rest in examples:
        assert name in known
        for parameter in re.findall(r"--param (\w+)=", rest):
            known[name].parameter(parameter)


def test_the_version_is_the_packages() -> None:
    """One line, as `--version` of other programs."""
    assert run(None, "--version").stdout == f"kgpub {__version__}\n"


def test_a_mistyped_command_is_guessed() -> None:
    """Exit code 2, on standard error."""
    result = run(None, "biuld")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "No such command 'biuld'" in result.stderr
    assert "Did you mean 'build'?" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "--workers", "0"], "0 is not in the range 1<=x<=64"),
        (["build", "--quick"], "No such option"),
        (["query"], "Missing argument 'NAME'"),
        (
            ["query", "published-twice", "--format", "xml"],
            "'xml' is not one of 'table', 'csv', 'tsv', 'json', 'jsonl', 'ttl'",
        ),
        (["query", "published-twice", "--param", "day"], "'day' is not a name and a value; write --param name=value"),
        (["query", "published-twice", "--param", "a=1", "--param", "a=2"], "'a' is given twice"),
        (["sparql", "--explain", "--format", "csv", "ASK {}"], "an explanation is not given as csv"),
        (["serve", "--port", "65536"], "65536 is not in the range 0<=x<=65535"),
        (["extract", "text.txt"], "Missing option '--into'"),
    ],
)
def test_a_mistake_in_the_command_is_exit_code_2(built: Path, arguments: list[str], message: str) -> None:
    """Nothing on standard output; the message quotes what was given."""
    result = run(built, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr


def test_a_publication_that_is_not_there_is_exit_code_2(tmp_path: Path) -> None:
    """It says how to name one."""
    result = run(tmp_path / "kgpub.toml", "build")
    assert result.exit_code == 2
    assert f"Error: {tmp_path / 'kgpub.toml'}: cannot be read" in result.stderr
    assert "Name a kgpub.toml that exists." in result.stderr


def test_outside_of_any_publication_the_command_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No kgpub.toml here or above."""
    monkeypatch.chdir(tmp_path)
    result = run(None, "stats")
    assert result.exit_code == 2
    assert "no kgpub.toml here or in any folder above" in result.stderr
    assert "kgpub --project PATH/kgpub.toml" in result.stderr


def test_the_publication_is_found_from_a_folder_below(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As git finds its repository."""
    monkeypatch.chdir(built.parent / "corpus" / "letters")
    assert run(None, "stats").exit_code == 0


# -- build and check -------------------------------------------------------------------------------------------------------


def test_build_says_what_it_made_and_where_to_look(tmp_path: Path) -> None:
    """Figures on standard output, progress on standard error."""
    file = make_tiny(tmp_path / "p")
    result = run(file, "build", "--workers", "1")
    assert result.exit_code == 0
    assert re.search(r"^Documents as printed +4$", result.stdout, re.MULTILINE)
    assert re.search(r"^Archival items +3$", result.stdout, re.MULTILINE)
    assert "Converted 4 and validated 5 anew" in result.stdout
    assert "0 warnings, 1 notes (see report.html)" in result.stdout
    assert "The publication is in dist/: open dist/index.html" in result.stdout
    assert "Converting: 4 of 4" in result.stderr
    assert "Converting" not in result.stdout
    assert (tmp_path / "p" / "dist" / "index.html").is_file()


def test_the_day_of_a_build_may_be_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH of the environment; what is no number is exit code 2."""
    file = make_tiny(tmp_path / "p")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert run(file, "build", "--workers", "1").exit_code == 0
    assert '"1970-01-02"' in (tmp_path / "p" / "dist" / "catalogue.ttl").read_text(encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    result = run(file, "build", "--workers", "1")
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH: 'soon' is not a number of seconds" in result.stderr


@pytest.mark.parametrize("command", ["build", "check"])
def test_problems_of_the_corpus_are_exit_code_1(tmp_path: Path, command: str) -> None:
    """Each on standard error with file and line and what to do, then how many; nothing on standard output."""
    file = make_tiny(
        tmp_path / "p",
        **{
            f"{RECORDS}/L1.yaml": (
                "date: {value: 1893-02-03, printed: 3.II.93",
                "date: {value: 1893-02-30, printed: 3.II.93",
            ),
            f"{RECORDS}/L3.yaml": None,
        },
    )
    result = run(file, command, "--workers", "1")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert re.search(rf"^{RECORDS}/L1\.yaml:8: date.*1893-02-30", result.stderr, re.MULTILINE)
    assert re.search(rf"^{RECORDS}/L3\.yaml:1: 'L3' is missing", result.stderr, re.MULTILINE)
    assert "2 problems in the corpus\n  Mend them and run the command again; nothing was written." in result.stderr
    assert not (tmp_path / "p" / "dist").exists()


def test_check_lists_what_it_finds_and_writes_nothing(tmp_path: Path) -> None:
    """One line for each, or their number alone."""
    file = make_tiny(tmp_path / "p")
    result = run(file, "check", "--workers", "1")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"info: {RECORDS}/L2.yaml:2: id: The document has no abstract")
    summary = "The corpus can be published: 0 warnings, 1 notes.\n"
    assert result.stdout.endswith(summary)
    assert run(file, "check", "--quiet").stdout == summary
    assert not (tmp_path / "p" / "dist").exists()


# -- questions -----------------------------------------------------------------------------------------------------------


def test_queries_lists_each_with_its_question_and_parameters(built: Path) -> None:
    """What a user needs to ask one."""
    text = run(built, "queries").stdout
    for query in load_queries(PROJECT / "queries" / "site"):
        assert f"{query.name}\n    {query.question}\n" in text
        for parameter in query.parameters:
            assert f"    --param {parameter.name}=…  {parameter.label} ({parameter.type})" in text


def test_a_canned_query_answers_in_every_format(built: Path) -> None:
    """The same rows as a table, CSV and JSON."""
    arguments = ("query", "who-wrote-to-whom", "--param", "after=1893-02-01")
    table = run(built, *arguments)
    assert table.exit_code == 0
    assert "Sender's name" in table.stdout
    assert "person/ada-quill" in table.stdout
    rows = list(csv.DictReader(io.StringIO(run(built, *arguments, "--format", "csv").stdout)))
    bindings = json.loads(run(built, *arguments, "--format", "json").stdout)["results"]["bindings"]
    assert [row["senderLabel"] for row in rows] == [one["senderLabel"]["value"] for one in bindings]
    assert {row["senderLabel"] for row in rows} == {"Ada Quill", "Bruno Sand", "Clara Vane"}
    assert table.stdout.endswith(f"{len(rows)} rows\n")


def test_a_query_for_another_endpoint_is_printed_to_paste_there(built: Path) -> None:
    """The text with its schema, filled in; asked for as data, it is refused."""
    printed = run(built, "query", "wikidata-beside-ours")
    assert printed.exit_code == 0, printed.stderr
    assert printed.stdout.startswith(
        "# Offices and lives, Wikidata beside ours. Paste this at https://query.wikidata.org/sparql\n"
    )
    assert "SELECT DISTINCT ?here ?name ?item" in printed.stdout
    refused = run(built, "query", "wikidata-beside-ours", "--format", "csv")
    assert (refused.exit_code, refused.stdout) == (3, "")
    assert "is for https://query.wikidata.org/sparql and is never run here" in refused.stderr


def test_a_table_as_turtle_is_refused(built: Path) -> None:
    """Exit code 3; it says which formats fit."""
    result = run(built, "query", "published-twice", "--format", "ttl")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "Turtle is for queries that answer with triples" in result.stderr
    assert "Ask for csv, tsv, json, jsonl or table." in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["who-wrote-to-whon"], "there is no query 'who-wrote-to-whon'\n  Did you mean 'who-wrote-to-whom'?"),
        (["who-wrote-to-whom", "--param", "aftr=1893-02-01"], "there is no parameter 'aftr'\n  Did you mean 'after'?"),
        (["who-wrote-to-whom", "--param", "after=June"], "parameter 'after': 'June' is not a value of type date"),
        (["who-wrote-to-whom", "--param", "after=1893-02-30"], "Give it a day as 1950-07-01."),
        (
            ["letters-between", "--param", "one=ada-quil", "--param", "other=bruno-sand"],
            "Did you mean person/ada-quill?",
        ),
        (["published-twice", "--param", "day=1"], "It takes no parameters."),
    ],
)
def test_a_canned_query_asked_wrongly_is_exit_code_3(built: Path, arguments: list[str], message: str) -> None:
    """The message names query and parameter, quotes the value, and says what would do."""
    result = run(built, "query", *arguments)
    assert result.exit_code == 3, result.stdout
    assert result.stdout == ""
    assert message in result.stderr


def test_a_parameter_that_is_missing_is_asked_for(built: Path, tmp_path: Path) -> None:
    """Its name, its label, and what may be given; the publication's own queries are the ones asked."""
    (tmp_path / "queries" / "site").mkdir(parents=True)
    (tmp_path / "queries" / "site" / "on-a-day.rq").write_text(
        "#+ title: Letters of a day\n#+ parameters: [{name: day, label: Day of the letter, type: date}]\n"
        "PREFIX dcterms: <http://purl.org/dc/terms/> SELECT DISTINCT ?letter ?day { ?letter dcterms:date ?day }\n",
        encoding="utf-8",
    )
    settings = built.read_text(encoding="utf-8").replace(
        f"{PROJECT.as_posix()}/queries", (tmp_path / "queries").as_posix()
    )
    file = tmp_path / "kgpub.toml"
    file.write_text(settings.replace('"corpus/', f'"{built.parent.as_posix()}/corpus/'), encoding="utf-8")
    (tmp_path / "dist").symlink_to(built.parent / "dist")
    result = run(file, "query", "on-a-day")
    assert result.exit_code == 3
    assert (
        "query on-a-day: parameter 'day' (Day of the letter) is missing\n  Give it a day as 1950-07-01."
        in result.stderr
    )
    assert (
        run(file, "query", "on-a-day", "--param", "day=1893-02-03", "--format", "csv").stdout.count("document/L1") == 1
    )


def test_sparql_answers_with_rows_triples_or_yes(built: Path) -> None:
    """The usual prefixes are declared, and a path is taken from the base."""
    rows = run(
        built, "sparql", "SELECT ?n WHERE { <document/L1> dcterms:identifier ?n } ORDER BY ?n", "--format", "csv"
    )
    assert rows.stdout.splitlines() == ["n", "L1", "L4"]
    triples = run(built, "sparql", "CONSTRUCT WHERE { ?d cwc:sender ?s }", "--format", "ttl")
    assert len(rdflib.Graph().parse(data=triples.stdout)) == 4
    assert run(built, "sparql", "ASK { ?d a cwc:Document }").stdout == "yes\n"


def test_sparql_reads_standard_input(built: Path) -> None:
    """`kgpub sparql - < my-query.rq`"""
    result = run(built, "sparql", "-", stdin="ASK { ?d a cwc:Unheard }")
    assert (result.exit_code, result.stdout) == (0, "no\n")


def test_sparql_explains_why_there_are_no_rows(built: Path) -> None:
    """In words or as JSON; where there are rows it says so."""
    asked = ("sparql", "--explain", "SELECT ?d WHERE { ?d cwc:sendr ?p }")
    text = run(built, *asked)
    assert text.exit_code == 0
    assert "No statement has the property cwc:sendr." in text.stdout
    counted = json.loads(run(built, "sparql", "SELECT ?d { ?d cwc:sender ?p }", "--format", "json").stdout)
    rows = len(counted["results"]["bindings"])
    assert f"  - with cwc:sender in place of cwc:sendr: {rows} rows" in text.stdout
    told = json.loads(run(built, *asked, "--format", "json").stdout)
    assert told["culprits"][0]["suggestions"][0]["use"] == "cwc:sender"
    assert "there is nothing to explain" in run(built, "sparql", "--explain", "ASK { ?s ?p ?o }").stdout


def test_a_canned_query_explains_its_parameters(built: Path) -> None:
    """In the words of its form."""
    text = run(built, "query", "who-wrote-to-whom", "--param", "after=1999-01-01", "--explain")
    assert text.exit_code == 0
    assert "From (day): 1999-01-01\nNo row is left by this." in text.stdout
    assert "in place of From (day): 1999-01-01" in text.stdout


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_query_is_exit_code_3(built: Path, text: str) -> None:
    """With a query to begin from."""
    result = run(built, "sparql", "-", stdin=text)
    assert result.exit_code == 3
    assert "the query is empty" in result.stderr
    assert "SELECT * WHERE" in result.stderr


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT ?x WHERE { ?x a }", "line 1"),
        ("SELECT ?x\nWHERE { ?x unknown:sender ?y }", "line 2"),
        ("INSERT DATA { <a> <b> <c> }", "line 1"),
    ],
)
def test_what_is_not_sparql_is_exit_code_3_with_its_place(built: Path, text: str, place: str) -> None:
    """An update is no query either."""
    result = run(built, "sparql", text)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "Error: the query is not SPARQL: " + place in result.stderr


@pytest.mark.parametrize("arguments", [["stats"], ["query", "published-twice"], ["sparql", "ASK {}"], ["serve"]])
def test_without_a_built_publication_the_command_says_how_to_build_it(tmp_path: Path, arguments: list[str]) -> None:
    """Exit code 2; the file that is missing is named."""
    result = run(make_tiny(tmp_path / "p"), *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == "Error: dist/letters.nq: is not there\n  Run `kgpub build` first.\n"


def test_stats_counts_what_is_built(built: Path) -> None:
    """Totals, then documents by form, year, sender and recipient."""
    text = run(built, "stats").stdout
    for line in (
        r"Documents as printed +4",
        r"Messages enclosed in them +1",
        r"Documents by year\n1893 +3",
        r"ciphered-telegram +1",
    ):
        assert re.search(rf"^{line}$", text, re.MULTILINE), line


# -- extract -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "format_", "message"),
    [
        (None, "bulletin", "there is no text file at"),
        (b"", "bulletin", "is empty"),
        (b"one\ntwo \xff\n", "bulletin", ":2: the byte 0xff is not UTF-8"),
        (b"text", "parchment", "there is no source format 'parchment'\n  formats: bulletin"),
    ],
)
def test_a_text_that_cannot_be_read_is_exit_code_2(
    built: Path, tmp_path: Path, content: bytes | None, format_: str, message: str
) -> None:
    """And no record is written."""
    text = tmp_path / "journal.txt"
    if content is not None:
        text.write_bytes(content)
    result = run(built, "extract", str(text), "--into", str(tmp_path / "into"), "--format", format_)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "into" / "records").exists()


def test_extract_says_what_it_read_and_what_it_could_not(built: Path, tmp_path: Path) -> None:
    """Values by field, lines by kind, the places that could not be read; `--account` says what each line belongs to."""
    text = tmp_path / "journal.txt"
    text.write_text(TELEGRAM, encoding="utf-8")
    result = run(built, "extract", str(text), "--into", str(tmp_path / "into"))
    assert result.exit_code == 0
    assert "Values read" in result.stdout
    assert "Lines of the text" in result.stdout
    assert "1 documents" in result.stdout
    assert (tmp_path / "into" / "records").is_dir()
    account = run(built, "extract", str(text), "--into", str(tmp_path / "into"), "--account")
    assert account.stdout.splitlines()[0].split("\t")[0] == "1"


def test_extract_of_a_text_without_documents_leaves_the_records_alone(built: Path, tmp_path: Path) -> None:
    """It is the wrong file, or one whose layout nobody has described: the message says so, and nothing is removed."""
    text, kept = tmp_path / "journal.txt", tmp_path / "into" / "records" / "X001.yaml"
    kept.parent.mkdir(parents=True)
    kept.write_text("id: X001\n", encoding="utf-8")
    text.write_text("A page of something else.\n" * 5, encoding="utf-8")
    result = run(built, "extract", str(text), "--into", str(tmp_path / "into"))
    assert result.exit_code == 2
    assert "nothing was written" in result.stderr
    assert kept.read_text(encoding="utf-8") == "id: X001\n"


# -- interrupts and ports ----------------------------------------------------------------------------------------------


def test_an_interrupt_is_exit_code_130() -> None:
    """As for any program in a shell; 1 would say that the corpus has problems."""

    @cli.command("interrupted-for-a-test", hidden=True)
    def interrupted() -> None:
        raise KeyboardInterrupt

    try:
        result = run(None, "interrupted-for-a-test")
    finally:
        del cli.commands["interrupted-for-a-test"]
    assert result.exit_code == 130
    assert result.stdout == ""
    assert "Interrupted" in result.stderr


def test_a_port_in_use_is_exit_code_2(built: Path) -> None:
    """The message says how to get a free one."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run(built, "serve", "--port", str(port))
    assert result.exit_code == 2
    assert f"cannot listen on 127.0.0.1, port {port}: " in result.stderr
    assert "--port 0" in result.stderr
