"""The authority graph: one golden case, and every unknown, doubled or impossible value named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgpub.convert.authority import convert_authority
from kgpub.convert.context import build_context
from kgpub.model import Conversion, RawLayer
from tests.convert.samples import BASE, CONCEPTS, authority, layer, sample_context

GOLDEN = Path(__file__).parent / "golden" / "authority.nq"


def converted(kind: str, text: str) -> Conversion:
    layers: dict[str, RawLayer] = {**authority(), kind: layer(f"authority/{kind}.yaml", text)}
    return convert_authority(layers, build_context(BASE, "0.1.0", layers, CONCEPTS))


def test_the_authority_files_become_exactly_these_quads() -> None:
    conversion = convert_authority(authority(), sample_context())
    assert conversion.problems == ()
    assert conversion.nquads == GOLDEN.read_text(encoding="utf-8")


def test_every_statement_says_where_it_comes_from() -> None:
    conversion = convert_authority(authority(), sample_context())
    lines = {one.file: one.lines for one in authority().values()}
    assert [one for one in conversion.origins if one.field not in lines[one.file]] == []
    known = {f"{one.subject} {one.predicate} {one.object} {conversion.graph} ." for one in conversion.origins}
    bare = {line.split(" ", 1)[0] for line in conversion.nquads.splitlines() if line not in known}
    assert all(subject == conversion.graph or "/file/" in subject for subject in bare)


def test_a_cover_name_says_with_whom_and_when_it_is_seen_used() -> None:
    nquads = convert_authority(authority(), sample_context()).nquads
    node = next(line.split(" ")[0] for line in nquads.splitlines() if "#useOf" in line)
    said = {
        line.split(" ", 2)[1].rpartition("#")[2]: line.split(" ", 2)[2] for line in nquads.splitlines() if node in line
    }
    assert said["usedWith>"].startswith("<https://example.org/letters/person/bruno-sand>")
    assert said["usedAs>"].startswith('"signature"')
    assert said["from>"].startswith('"1893-02"^^')


def test_a_name_of_a_span_is_a_label_and_a_node_with_its_days() -> None:
    dated = "{text: Oldport, lang: en, until: '1880', source: a map}"
    text = f"places:\n- id: lowport\n  name: Lowport\n  names: [{dated}]\n- {{id: skerry-point, name: S}}\n"
    nquads = converted("places", text).nquads
    assert 'place/lowport> <http://www.w3.org/2004/02/skos/core#altLabel> "Oldport"@en' in nquads
    node = next(line.split(" ")[0] for line in nquads.splitlines() if "#nameOf" in line)
    assert f'{node} <https://w3id.org/cwcorr/ontology#until> "1880"^^' in nquads
    assert f'{node} <http://purl.org/dc/terms/source> "a map"' in nquads


WRONG = [
    (
        "persons",
        "persons:\n- id: dora-finch\n  name: D\n  coverNames:\n  - id: owl\n    name: Owl\n    printed: [OWL]\n"
        "    uses:\n    - {with: dora-finsh, as: address, source: L1}\n",
        9,
        "persons[0].coverNames[0].uses[0].with",
        "dora-finsh",
        "is not a known person",
        "Did you mean 'dora-finch'",
    ),
    (
        "places",
        "places:\n- id: lowport\n  name: L\n  names:\n  - {text: Oldport, lang: en, until: 1880-02-30}\n",
        5,
        "places[0].names[0].until",
        "1880-02-30",
        "is not a day of the calendar",
        "Write it as YYYY-MM-DD",
    ),
    (
        "organisations",
        "organisations:\n- {id: a, name: A}\n- {id: cipher-room, name: B, partOf: lamp-bord}\n",
        3,
        "organisations[1].partOf",
        "lamp-bord",
        "is not a known organisation",
        "Add it to authority/organisations.yaml.",
    ),
    (
        "offices",
        "offices:\n- id: keeper-of-skerry-point\n  name: K\n  organisation: lamp-bord\n",
        4,
        "offices[0].organisation",
        "lamp-bord",
        "is not a known organisation",
        "Did you mean 'lamp-board', or add it to corpus/authority/organisations.yaml?",
    ),
    (
        "offices",
        "offices:\n- {id: keeper-of-skerry-point, name: K, seat: lamp-board}\n",
        2,
        "offices[0].seat",
        "lamp-board",
        "is not a known place",
        "",
    ),
    (
        "places",
        "places:\n- {id: lowport, name: L, partOf: nowhere}\n- {id: skerry-point, name: S}\n",
        2,
        "places[0].partOf",
        "nowhere",
        "is not a known place",
        "",
    ),
    (
        "archives",
        "archives:\n- {id: LBA, name: L, place: lowprt}\n",
        2,
        "archives[0].place",
        "lowprt",
        "is not a known place",
        "'lowport'",
    ),
    (
        "publications",
        "publications:\n- {id: lamp-gazette, title: L, editors: [dora-finch, dora]}\n",
        2,
        "publications[0].editors",
        "dora",
        "is not a known person",
        "Did you mean 'dora-finch'",
    ),
    (
        "publications",
        "publications:\n- {id: lamp-gazette, title: L, partOf: x}\n",
        2,
        "publications[0].partOf",
        "x",
        "is not a known edition",
        "",
    ),
    (
        "persons",
        "persons:\n- {id: dora-finch, name: D, tenures: [{office: keeper-of-skerry, from: '1890', source: x}]}\n",
        2,
        "persons[0].tenures[0].office",
        "keeper-of-skerry",
        "is not a known office",
        "keeper-of-skerry-point",
    ),
    (
        "persons",
        "persons:\n- {id: dora-finch, name: D, born: 1851-02-30}\n",
        2,
        "persons[0].born",
        "1851-02-30",
        "is not a day of the calendar: day is out of range for month",
        "Write it as YYYY-MM-DD, or EDTF where it is partial.",
    ),
    (
        "events",
        "events:\n- {id: great-fog, name: G, until: 1893-02-29~}\n",
        2,
        "events[0].until",
        "1893-02-29~",
        "is not a day",
        "",
    ),
]


@pytest.mark.parametrize(("kind", "text", "line", "field", "value", "message", "advice"), WRONG)
def test_a_slip_is_told_with_line_field_value_and_advice(
    kind: str, text: str, line: int, field: str, value: str, message: str, advice: str
) -> None:
    conversion = converted(kind, text)
    problem = next(one for one in conversion.problems if one.field == field)
    assert (problem.file, problem.line, problem.value) == (f"authority/{kind}.yaml", line, value)
    assert message in problem.message
    assert problem.advice
    assert advice in problem.advice
    assert conversion.nquads == ""


def test_an_id_stands_once_over_all_files() -> None:
    conversion = converted("organisations", "organisations:\n- {id: ada-quill, name: A}\n- {id: lamp-board, name: B}\n")
    problem = next(one for one in conversion.problems if "twice" in one.message)
    assert (problem.file, problem.line, problem.field) == ("authority/organisations.yaml", 2, "organisations[0].id")
    assert problem.message == "stands twice; the other is at corpus/authority/persons.yaml:3"
    assert problem.advice == "Merge the two, or give one another id."


def test_ids_of_a_file_that_could_not_be_read_are_not_called_unknown() -> None:
    partly = {kind: one for kind, one in authority().items() if kind not in ("places", "organisations")}
    assert convert_authority(partly, build_context(BASE, "0", partly, CONCEPTS)).problems == ()


if __name__ == "__main__":
    GOLDEN.write_text(convert_authority(authority(), sample_context()).nquads, encoding="utf-8")
