"""From a text file to record files: all or nothing, the same bytes each time, clear about what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kgpub.collect.record_files import SCHEMA_LINE, record_text
from kgpub.collect.texts import read_text
from kgpub.collect.yaml_lines import load_with_lines
from kgpub.errors import BadInput
from kgpub.extraction import extract
from tests.convert.formats.bulletin.conftest import AUTHORITY
from tests.convert.formats.bulletin.texts import RELAYED, TELEGRAM


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    folder = tmp_path / "authority"
    folder.mkdir()
    for kind, entries in AUTHORITY.items():
        (folder / f"{kind}.yaml").write_text(yaml.safe_dump({kind: entries}, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "ships"
    folder.mkdir()
    return folder


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "journal.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_records_are_written_one_file_per_document(tmp_path: Path, into: Path, authority: Path) -> None:
    report = extract(written(tmp_path, TELEGRAM + "\n" + RELAYED), into, authority)
    assert report.documents == ("D016", "D017")
    assert sorted(path.name for path in (into / "records").iterdir()) == ["D016.yaml", "D017.yaml"]
    text = (into / "records" / "D016.yaml").read_text(encoding="utf-8")
    assert text.startswith(SCHEMA_LINE)
    data, _ = load_with_lines(text)
    assert data["telegramNumber"][0]["value"] == "405809"
    assert data["date"]["value"] == "1950-07-01"


def test_keys_stand_in_the_order_of_the_format(tmp_path: Path, into: Path, authority: Path) -> None:
    extract(written(tmp_path, TELEGRAM), into, authority)
    data, _ = load_with_lines((into / "records" / "D016.yaml").read_text(encoding="utf-8"))
    assert list(data)[:8] == ["id", "edition", "lines", "pages", "form", "headingDate", "date", "senders"]


def test_two_runs_write_the_same_bytes_and_say_that_nothing_changed(
    tmp_path: Path, into: Path, authority: Path
) -> None:
    path = written(tmp_path, TELEGRAM)
    extract(path, into, authority)
    first = (into / "records" / "D016.yaml").read_bytes()
    report = extract(path, into, authority)
    assert (into / "records" / "D016.yaml").read_bytes() == first
    assert (report.changed, report.removed) == ((), ())


def test_a_record_that_the_text_no_longer_yields_is_removed(tmp_path: Path, into: Path, authority: Path) -> None:
    extract(written(tmp_path, TELEGRAM + "\n" + RELAYED), into, authority)
    report = extract(written(tmp_path, TELEGRAM), into, authority)
    assert report.removed == ("D017.yaml",)
    assert [path.name for path in (into / "records").iterdir()] == ["D016.yaml"]
    assert sorted(path.name for path in into.iterdir()) == ["records"]


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        (
            "An essay.\n\n1. 12 March 1950, telegram, Berg to Lind, stands in a newspaper.\n",
            "journal.txt: no documents found: no line opens a source note, and a document needs one",
            "nothing was written; describe the headings in layout.toml (series.heading)",
        ),
        (
            "Some words.\n[Source: APRF, Fond 45, List 2]\n",
            "journal.txt: no documents found: 1 source notes, but no numbered heading with a date before them",
            "nothing was written; describe the headings in layout.toml (series.heading)",
        ),
    ],
)
def test_a_text_without_documents_leaves_the_records_alone(
    tmp_path: Path, into: Path, authority: Path, text: str, message: str, advice: str
) -> None:
    extract(written(tmp_path, TELEGRAM), into, authority)
    with pytest.raises(BadInput) as caught:
        extract(written(tmp_path, text), into, authority)
    assert caught.value.message.endswith(message)
    assert caught.value.advice == advice
    assert [path.name for path in (into / "records").iterdir()] == ["D016.yaml"]


def test_the_layout_beside_the_records_is_followed(tmp_path: Path, into: Path, authority: Path) -> None:
    (into / "layout.toml").write_text(
        '[[series]]\nprefix = "S"\ndigits = 2\npublication = "ships-1990"\n', encoding="utf-8"
    )
    assert extract(written(tmp_path, TELEGRAM), into, authority).documents == ("S16",)


def test_the_report_counts_values_and_lines(tmp_path: Path, into: Path, authority: Path) -> None:
    heard: list[str] = []
    report = extract(written(tmp_path, "Preface.\n" + RELAYED), into, authority, progress=heard.append)
    assert report.values["citations"] == 1
    assert report.values["enclosures"] == 1
    assert report.lines_by_kind() == {"document": 17, "other": 1}
    assert report.table().splitlines()[1] == "2\t18\tdocument\tD017"
    assert heard == ["reading journal.txt", "writing 1 records"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (b"\x7fELF\x00\x01\x02", "is not a text file: it holds zero bytes"),
        (b"one\ntwo \xff\n", r":2: the byte 0xff is not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "journal.txt"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=message):
        read_text(path)


def test_a_missing_text_is_named(tmp_path: Path, into: Path, authority: Path) -> None:
    with pytest.raises(BadInput, match=r"there is no text file at .*nowhere\.txt"):
        extract(tmp_path / "nowhere.txt", into, authority)


def test_a_missing_authority_is_named(tmp_path: Path, into: Path) -> None:
    with pytest.raises(BadInput, match=r"there is no folder of authority files at .*none"):
        extract(written(tmp_path, TELEGRAM), into, tmp_path / "none")


def test_an_unknown_format_is_told_the_known_ones(tmp_path: Path, into: Path, authority: Path) -> None:
    with pytest.raises(BadInput, match="there is no source format 'papyrus'") as caught:
        extract(written(tmp_path, TELEGRAM), into, authority, format="papyrus")
    assert caught.value.advice == "formats: bulletin"


@pytest.mark.parametrize(
    ("layout", "message"),
    [
        ("[[series]]\ndigits = 2\n", "layout.toml: the key 'prefix' is missing"),
        ("series = [", "layout.toml: not readable as TOML"),
    ],
)
def test_a_broken_layout_is_named_and_nothing_is_written(
    tmp_path: Path, into: Path, authority: Path, layout: str, message: str
) -> None:
    (into / "layout.toml").write_text(layout, encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        extract(written(tmp_path, TELEGRAM), into, authority)
    assert [path.name for path in into.iterdir()] == ["layout.toml"]


def test_a_broken_authority_file_names_its_line(tmp_path: Path, into: Path, authority: Path) -> None:
    (authority / "persons.yaml").write_text("persons:\n- id: a\n  name: [b\n- x: y\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"persons.yaml:\d+: not readable as YAML"):
        extract(written(tmp_path, TELEGRAM), into, authority)


def test_authority_entries_without_an_id_are_refused(tmp_path: Path, into: Path, authority: Path) -> None:
    (authority / "persons.yaml").write_text("persons:\n- name: Anna Berg\n", encoding="utf-8")
    with pytest.raises(BadInput, match="persons must be a list of entries, each with an id"):
        extract(written(tmp_path, TELEGRAM), into, authority)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    assert read_text(path) == "one\ntwo\nthree\n"


def test_strings_like_numbers_and_moments_are_quoted_and_dates_are_not() -> None:
    text = record_text(
        {
            "id": "D001",
            "a": [{"value": "405809", "lines": "12,15"}],
            "d": {"value": "1950-07-01", "at": "1950-07-01T04:00"},
        }
    )
    assert text == (
        SCHEMA_LINE
        + 'id: D001\na: [{value: "405809", lines: "12,15"}]\nd: {value: 1950-07-01, at: "1950-07-01T04:00"}\n'
    )
