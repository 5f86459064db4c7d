"""Decisions written into the ledger: in their place, on their line, never against what stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgpub.collect.layers import parse_layer
from kgpub.errors import BadInput
from kgpub.link.ledger import HEADER, Decision, add, line_of, refusal, standing

ACCEPT = Decision(
    "ada-quill", "Q1", "accept", agreed=("name", "dates"), score=0.85, evidence="seen: Q1 Ada", by="us", on="2026-11-24"
)
REJECT = Decision("bruno-sand", "Q2", "reject", reason='a "namesake": born 1948 # later', by="us", on="2026-11-24")
KNOWN = {"ada-quill", "bruno-sand", "1st-division", "LBA"}


def test_a_decision_is_one_line_that_the_schema_takes_and_that_reads_back_the_same(tmp_path: Path) -> None:
    odd = Decision("1st-division", "Q3", "defer", reason="Люди: да, нет — и 'так'", by="no", on="2026-01-02")
    close = Decision("LBA", "Q4", "accept", "close", ("name",), None, "seen", "", "The Editors, Inc.", "2026-01-02")
    file = tmp_path / "links.yaml"
    for one in (ACCEPT, REJECT, odd, close):
        add(file, one)
    layer, problems = parse_layer("links.yaml", file.read_bytes(), "links")
    assert problems == []
    assert layer is not None
    assert set(standing(layer.data["links"])) == {ACCEPT, REJECT, odd, close}
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 6
    assert lines[3] == line_of(close).strip() or lines[3].startswith("- {entity: LBA")


def test_the_line_is_as_those_that_stand_there() -> None:
    assert line_of(ACCEPT) == (
        '- {entity: ada-quill, item: Q1, decision: accept, agreed: [name, dates], score: 0.85, evidence: "seen: Q1 Ada", '
        "by: us, on: 2026-11-24}\n"
    )


def test_the_real_ledger_keeps_its_order_and_every_line(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "corpus" / "authority" / "links.yaml").read_text(encoding="utf-8")
    file = tmp_path / "links.yaml"
    file.write_text(text, encoding="utf-8")
    line = add(file, Decision("joseph-stalin", "Q999999999", "reject", reason="a namesake", by="us", on="2026-11-24"))
    after = file.read_text(encoding="utf-8").splitlines()
    assert [one for number, one in enumerate(after, 1) if number != line] == text.splitlines()
    assert after[line - 2].startswith("- {entity: joseph-stalin,")
    assert not after[line].startswith("- {entity: joseph-stalin,")


def test_an_empty_ledger_and_none_at_all_are_begun(tmp_path: Path) -> None:
    file = tmp_path / "links.yaml"
    assert add(file, ACCEPT) == 3
    assert file.read_text(encoding="utf-8") == HEADER + line_of(ACCEPT)
    file.write_text("# ours\nlinks: []\n", encoding="utf-8")
    add(file, ACCEPT)
    assert file.read_text(encoding="utf-8") == "# ours\nlinks:\n" + line_of(ACCEPT)
    assert [one.name for one in tmp_path.iterdir()] == ["links.yaml"]


def test_a_later_decision_stands_after_the_earlier_one_and_replaces_it(tmp_path: Path) -> None:
    file = tmp_path / "links.yaml"
    late = Decision("ada-quill", "Q1", "reject", reason="after all another", by="us", on="2026-11-25")
    for one in (REJECT, ACCEPT, late):
        add(file, one)
    layer, _ = parse_layer("links.yaml", file.read_bytes(), "links")
    assert layer is not None
    assert [row["decision"] for row in layer.data["links"]] == ["accept", "reject", "reject"]
    assert standing(layer.data["links"]) == (late, REJECT)


def test_a_ledger_in_another_layout_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "links.yaml"
    text = "links:\n- entity: ada-quill\n  item: Q1\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(
        BadInput, match=r"links\.yaml:2: '- entity: ada-quill' is not one decision\n  Write each decision"
    ):
        add(file, REJECT)
    assert file.read_text(encoding="utf-8") == text


REFUSED = [
    (
        Decision("ada-quil", "Q5", "reject", reason="x"),
        "'ada-quil' stands in no authority file\n  Did you mean 'ada-quill'?",
    ),
    (Decision("zzz", "Q5", "reject", reason="x"), "'zzz' stands in no authority file\n  Name the id"),
    (Decision("ada-quill", "855", "reject", reason="x"), "'855' is no item of Wikidata\n  Write its id, as Q855."),
    (Decision("ada-quill", "Q5", "accept", evidence="x"), "an accepted link needs what agreed, and the evidence"),
    (Decision("ada-quill", "Q5", "accept", agreed=("name",)), "an accepted link needs what agreed, and the evidence"),
    (Decision("ada-quill", "Q5", "reject"), "reject needs a reason\n  Say it in your own words"),
    (Decision("ada-quill", "Q5", "defer"), "defer needs a reason"),
    (
        Decision("bruno-sand", "Q1", "accept", agreed=("name",), evidence="x"),
        "Q1 is matched exactly with ada-quill already, by us on 2026-11-24\n  Reject it for ada-quill first",
    ),
    (
        Decision("ada-quill", "Q5", "accept", agreed=("name",), evidence="x"),
        "ada-quill is matched exactly with Q1 already, by us on 2026-11-24\n  Reject Q1 first, or defer it if it was merged",
    ),
    (Decision("ada-quill", "Q1", "accept", agreed=("name",), evidence="x"), "this was decided already: accept by us"),
]


@pytest.mark.parametrize(("new", "told"), REFUSED, ids=[one[1][:40] for one in REFUSED])
def test_what_cannot_be_written(new: Decision, told: str) -> None:
    error = refusal(new, (ACCEPT, REJECT), KNOWN)
    assert error is not None
    assert told in str(error)


def test_what_can_be_written() -> None:
    for new in (
        Decision("ada-quill", "Q1", "reject", reason="after all another"),
        Decision("ada-quill", "Q5", "accept", "close", ("name",), evidence="x"),
        Decision("ada-quill", "Q2", "reject", reason="x"),
        Decision("LBA", "Q9", "accept", agreed=("name",), evidence="x"),
    ):
        assert refusal(new, (ACCEPT, REJECT), KNOWN) is None
