"""A printed index, as quads; and entries that lead nowhere."""

from __future__ import annotations

import pytest

from kgpub.convert.index import convert_index
from kgpub.model import Conversion
from tests.convert.samples import BASE, layer, sample_context

FILE = "indexes/lamp-gazette.yaml"
TEXT = """\
id: lamp-gazette
pages: [{page: 8, lines: 90-99}]
entries:
- {printed: LBA, entity: LBA, identifiedAs: [archive of the board], lines: 91}
- {printed: OLD GULL, entity: ada-quill, as: old-gull, identifiedAs: [cover name of Quill], lines: 92}
- {printed: "Quill, A.", entity: ada-quill, identifiedAs: [keeper], offices: [keeper-of-skerry-point], lines: 93-94}
- {printed: N.N., lines: 95}
"""


def converted(text: str = TEXT) -> Conversion:
    return convert_index("index-lamp-gazette", layer(FILE, text), sample_context())


def entry(conversion: Conversion, printed: str) -> set[tuple[str, str]]:
    """Predicate (its last step) and object (the base left out) of the entry with a printed form."""
    lines = conversion.nquads.splitlines()
    (node,) = {line.split(" ", 1)[0] for line in lines if f'#printedForm> "{printed}" ' in line}
    found = set()
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        if subject == node:
            last = predicate[1:-1].replace("#", "/").rpartition("/")[2]
            found.add((last, rest.rpartition(" <")[0].replace(BASE, "").partition("^^")[0]))
    return found


def test_an_entry_names_whom_it_means_and_as_what() -> None:
    assert converted().problems == ()
    assert entry(converted(), "Quill, A.") == {
        ("type", "<https://w3id.org/cwcorr/ontology#IndexEntry>"),
        ("printedForm", '"Quill, A."'),
        ("identifies", "<person/ada-quill>"),
        ("identifiedAs", '"keeper"@en'),
        ("office", "<office/keeper-of-skerry-point>"),
        ("lines", '"93-94"'),
        ("page", '"8"'),
        ("position", '"3"'),
    }


def test_a_cover_name_leads_to_itself_and_its_bearer() -> None:
    found = {obj for predicate, obj in entry(converted(), "OLD GULL") if predicate == "identifies"}
    assert found == {"<person/ada-quill>", "<person/ada-quill#old-gull>"}


def test_an_archive_is_meant_as_a_unit_and_an_entry_may_lead_nowhere() -> None:
    assert ("identifies", "<archive/LBA>") in entry(converted(), "LBA")
    assert "identifies" not in {predicate for predicate, _ in entry(converted(), "N.N.")}


WRONG = [
    (
        "as: old-gull", "as: old-gul",
        "5: entries[1].as: 'old-gul' is not a known cover name\n"
        "    Did you mean 'old-gull'? Else add it to the person's coverNames.",
    ),
    (
        "keeper-of-skerry-point]", "keeper-of-skerry-pint]",
        "6: entries[2].offices[0]: 'keeper-of-skerry-pint' is not a known office\n"
        "    Did you mean 'keeper-of-skerry-point'? Else add it to corpus/authority/offices.yaml.",
    ),
    (
        "lines: 95", "lines: 100",
        "7: entries[3].lines: '100' stands on no page of the table under pages\n    Mend the lines, or add their page.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), WRONG, ids=[one[1] for one in WRONG])
def test_what_is_wrong_is_told_with_file_line_field_and_the_nearest_value(old: str, new: str, said: str) -> None:
    assert TEXT.count(old) == 1
    conversion = converted(TEXT.replace(old, new))
    assert [str(problem) for problem in conversion.problems] == [f"{FILE}:{said}"]
    assert conversion.nquads == ""
