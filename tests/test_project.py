"""The settings of a publication: what is read, and what each wrong setting is told."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kgpub.errors import BadProject
from kgpub.project import DUMP_FORMATS, Project, find_project, load_project, modified_day

Tiny = Callable[..., Path]

# Passage of the tiny kgpub.toml, what stands there instead, what the error says.
WRONG = [
    (
        'base = "https://example.org/letters/"',
        'base = "example.org/letters/"',
        "publication.base: 'example.org/letters/' must be",
    ),
    (
        'base = "https://example.org/letters/"',
        'base = "https://example.org/letters"',
        "must be an http(s) IRI that ends in /",
    ),
    ('base = "https://example.org/letters/"', 'base = "https://example.org/l#"', "has neither ? nor #"),
    ('base = "https://example.org/letters/"', 'base = "https://example.org/l\\n/"', "must be an http(s) IRI"),
    ('base = "https://example.org/letters/"', "", "publication.base: must be a text, and not empty"),
    (
        'title = "Letters of the Lamp Service, 1893"',
        'title = " "',
        "publication.title: ' ' must be a text, and not empty",
    ),
    ('title = "Letters of the Lamp Service, 1893"', "title = 7", "publication.title: '7' must be a text"),
    (
        'licence = "https://creativecommons.org/publicdomain/zero/1.0/"',
        'licence = "CC0"',
        "publication.licence: 'CC0' must be an http(s) IRI",
    ),
    (
        "[publication]",
        "[publications]",
        "publications: ",
    ),
    ("[publication]", "[publications]", "did you mean 'publication'?"),
    (
        'publisher = "The Lamp Society"',
        'publisher = "x"\nwebsite = "y"',
        "publication.website: 'y' is not a setting; known keys: base, title",
    ),
    (
        '[release]\nversion = "0.1.0"\ndate = "2024-02-29"',
        "",
        "release: is missing: a table [release] must say version, date",
    ),
    ('date = "2024-02-29"', 'date = "29.2.2024"', "release.date: '29.2.2024' must be a day as YYYY-MM-DD"),
    ('date = "2024-02-29"', 'date = "2023-02-29"', "release.date: '2023-02-29' is not a day of the calendar"),
    ('date = "2024-02-29"', "date = 2024-02-29", "release.date: '2024-02-29' must be a text"),
    ('authority = "corpus/authority"', "authority = 3", "paths.authority: '3' must be a text"),
    ('authority = "corpus/authority"', 'authorities = "x"', "did you mean 'authority'?"),
    ("[[collections]]", "[collections]", "collections: \"{'id'"),
    ("[[collections]]", "[collections]", "must be one [[collections]] table or more"),
    (
        'id = "letters"',
        'id = "The Letters"',
        "collections[0].id: 'The Letters' must be lower-case letters, digits and hyphens",
    ),
    ('path = "corpus/letters"', 'path = "corpus/none"', "is not a folder"),
    (
        'path = "corpus/letters"',
        'pth = "corpus/letters"',
        "collections[0].pth: 'corpus/letters' is not a setting; did you mean 'path'?",
    ),
    ('publication = "lamp-gazette"', "", "collections[0].publication: must be a text, and not empty"),
    (
        'documents = ["L1-L4"]',
        'documents = "L1-L4"',
        "collections[0].documents: 'L1-L4' must be a list of ids or ranges",
    ),
    ('documents = ["L1-L4"]', "documents = [1]", "collections[0].documents: '[1]' must be a list"),
    ('documents = ["L1-L4"]', 'documents = ["L4-L1"]', "collections[0].documents: 'L4-L1' ends before it begins"),
    ('span = { from = "1893-01-01", until = "1893-12-31" }', "", "collections[0].span: must say the days it covers"),
    (
        'until = "1893-12-31"',
        'until = "1892-12-31"',
        "collections[0].span: '1893-01-01 … 1892-12-31' begins after it ends",
    ),
    ('until = "1893-12-31"', 'until = "1893"', "collections[0].span.until: '1893' must be a day as YYYY-MM-DD"),
    ('until = "1893-12-31"', 'to = "1893"', "collections[0].span.to: '1893' is not a setting; known keys: from, until"),
    (
        'formats = ["ttl", "trig", "nt", "nq", "jsonld"]',
        'formats = ["xml"]',
        "outputs.formats: 'xml' is not one of ttl, trig, nt, nq, jsonld",
    ),
    (
        'formats = ["ttl", "trig", "nt", "nq", "jsonld"]',
        "formats = []",
        "outputs.formats: '[]' must be a list of some of ttl",
    ),
    ("gzip_from = 10_000", "gzip_from = -1", "outputs.gzip_from: '-1' must be a number of bytes"),
    ("gzip_from = 10_000", "gzip_from = true", "outputs.gzip_from: 'True' must be a number of bytes"),
    ('name = "letters"', 'name = "a/b"', "outputs.name: 'a/b' must be usable as a file name"),
    ("[outputs]", "[outputs", "not valid TOML"),
    ("[outputs]", '[link]\nendpoint = "here"\n[outputs]', "link.endpoint: 'here' must be an http(s) IRI"),
    ("[outputs]", "[link]\ncontact = 3\n[outputs]", "link.contact: '3' must be a text"),
    ("[outputs]", '[link]\nrate = "1"\n[outputs]', "link.rate: '1' is not a setting; known keys: contact, endpoint"),
]


def load(tiny: Tiny, folder: Path, *change: str) -> Project:
    return load_project(tiny(folder, **({"kgpub.toml": change} if change else {})))


def test_all_settings_are_read_and_paths_are_absolute(tiny: Tiny, tmp_path: Path) -> None:
    project = load(tiny, tmp_path)
    assert project.base == "https://example.org/letters/"
    assert (project.version, project.date, project.language) == ("0.1.0", "2024-02-29", "en")
    assert project.authority == tmp_path / "corpus" / "authority"
    (collection,) = project.collections
    assert (collection.id, collection.span_from, collection.span_until) == ("letters", "1893-01-01", "1893-12-31")
    assert collection.path == tmp_path / "corpus" / "letters"
    assert collection.documents == ("L1-L4",)
    assert project.outputs.dist == tmp_path / "dist"
    assert project.outputs.gzip_from == 10_000


def test_what_may_be_left_out_has_a_default(tiny: Tiny, tmp_path: Path) -> None:
    file = tiny(tmp_path)
    text = file.read_text()
    file.write_text(text[: text.index("[outputs]")].replace('language = "en"\n', "").replace('format = "record"\n', ""))
    project = load_project(file)
    assert (project.language, project.collections[0].format) == ("en", "record")
    assert project.outputs.formats == DUMP_FORMATS
    assert (project.outputs.dist, project.outputs.name) == (tmp_path / "dist", "graph")


@pytest.mark.parametrize(("old", "new", "told"), WRONG)
def test_a_wrong_setting_is_named_with_its_value(tiny: Tiny, tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(BadProject) as caught:
        load(tiny, tmp_path, old, new)
    assert told in caught.value.message
    assert str(tmp_path / "kgpub.toml") in caught.value.message
    assert caught.value.advice
    assert caught.value.exit_code == 2


def test_two_collections_need_two_ids(tiny: Tiny, tmp_path: Path) -> None:
    file = tiny(tmp_path)
    text = file.read_text()
    table = text[text.index("[[collections]]") : text.index("[outputs]")]
    file.write_text(text + "\n" + table)
    with pytest.raises(BadProject, match=r"collections\.id: 'letters' stands twice; every collection needs an id"):
        load_project(file)


def test_a_collection_must_be_a_table(tiny: Tiny, tmp_path: Path) -> None:
    file = tiny(tmp_path)
    text = file.read_text()
    start, end = text.index("[[collections]]"), text.index("[outputs]")
    file.write_text('collections = ["letters"]\n' + text[:start] + text[end:])
    with pytest.raises(BadProject, match=r"collections\[0\]: 'letters' must be a table"):
        load_project(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadProject, match="cannot be read: No such file") as caught:
        load_project(tmp_path / "kgpub.toml")
    assert "Name a kgpub.toml that exists." in str(caught.value)


def test_a_file_that_is_not_utf8_is_named(tiny: Tiny, tmp_path: Path) -> None:
    file = tiny(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"Lamp Society", b"Lamp Soci\xe9t\xe9"))
    with pytest.raises(BadProject, match="is not UTF-8 text"):
        load_project(file)


def test_the_nearest_project_file_above_is_found(tiny: Tiny, tmp_path: Path) -> None:
    file = tiny(tmp_path)
    assert find_project(tmp_path / "corpus" / "letters" / "records") == file


def test_no_project_file_says_how_to_name_one(tmp_path: Path) -> None:
    with pytest.raises(BadProject, match=r"no kgpub\.toml here or in any folder above") as caught:
        find_project(tmp_path)
    assert "kgpub --project" in caught.value.advice


def test_a_path_is_shown_as_the_user_knows_it(tiny: Tiny, tmp_path: Path) -> None:
    project = load(tiny, tmp_path)
    assert project.relative(tmp_path / "corpus" / "letters") == "corpus/letters"
    assert project.relative(tmp_path.parent) == tmp_path.parent.as_posix()


def test_source_date_epoch_says_the_day(tiny: Tiny, tmp_path: Path) -> None:
    project = load(tiny, tmp_path)
    assert modified_day(project, {"SOURCE_DATE_EPOCH": "86399"}) == "1970-01-01"
    assert modified_day(project, {"SOURCE_DATE_EPOCH": "86400"}) == "1970-01-02"


@pytest.mark.parametrize("value", ["yesterday", "²", "1.5", "9" * 30])
def test_a_source_date_epoch_that_is_no_number_is_refused(tiny: Tiny, tmp_path: Path, value: str) -> None:
    project = load(tiny, tmp_path)
    with pytest.raises(BadProject, match=r"SOURCE_DATE_EPOCH: '.+' is not a number of seconds") as caught:
        modified_day(project, {"SOURCE_DATE_EPOCH": value})
    assert "Unset it" in caught.value.advice


def git(folder: Path, *words: str, **environ: str) -> None:
    settings = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *settings, *words], check=True, env={"HOME": str(folder), **environ})


def test_the_newest_commit_says_the_day_whatever_the_time_zone(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = load(tiny, tmp_path)
    git(tmp_path, "init", "--quiet")
    when = "2001-09-08T23:30:00+0000"
    git(tmp_path, "commit", "--quiet", "--allow-empty", "-m", "x", GIT_COMMITTER_DATE=when, GIT_AUTHOR_DATE=when)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert modified_day(project, {}) == "2001-09-08"


def test_without_git_the_release_date_says_the_day(tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = load(tiny, tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert modified_day(project, {}) == "2024-02-29"
    monkeypatch.setenv("PATH", "")
    assert modified_day(project, {}) == "2024-02-29"


def test_what_is_built_is_served_without_its_corpus_and_with_a_table_of_its_own(tiny: Tiny, tmp_path: Path) -> None:
    """[serve] is known, and a collection that is not there is wrong for everyone else."""
    file = tiny(tmp_path / "publication")
    text = file.read_text("utf-8").replace('path = "corpus/letters"', 'path = "corpus/none"')
    file.write_text(f"{text}\n[serve]\nrows = 7\n", "utf-8")
    assert load_project(file, corpus=False).serve == {"rows": 7}
    with pytest.raises(BadProject, match="is not a folder"):
        load_project(file)
