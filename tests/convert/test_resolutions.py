"""An editor's decisions which document a reference means: written with their reason, refused where they no longer fit."""

from __future__ import annotations

import pytest

from kgpub.convert.unit import convert_record
from kgpub.model import Conversion
from tests.convert.samples import BASE, RECORD, raw, sample_context

REFERENCES = """\
date: {value: 1893-02-01, lines: "11"}
senders: [{actor: ada-quill, lines: "12"}]
references:
- {relation: answers, number: "7", printed: To No. 7, lines: "13"}
- {relation: refers, date: 1893-01-02, printed: the letter of 2 January, lines: "14"}
"""
CWC = "https://w3id.org/cwcorr/ontology#"


def converted(resolutions: str) -> Conversion:
    return convert_record(raw(RECORD + REFERENCES, f"id: L1\nresolutions:\n{resolutions}"), sample_context())


def objects(conversion: Conversion, local: str) -> list[str]:
    return [
        line.split(" ", 2)[2].rpartition(" <")[0]
        for line in conversion.nquads.splitlines()
        if f" <{CWC}{local}> " in line
    ]


GOOD = "- {reference: 'references[1]', printed: the letter of 2 January, to: L2, reason: It speaks of the same lamp.}\n"


def test_the_decision_is_written_as_a_match_with_its_reason() -> None:
    conversion = converted(GOOD)
    assert conversion.problems == ()
    assert objects(conversion, "resolvedTo") == [f"<{BASE}document/L2>"]
    assert objects(conversion, "matchedTo") == [f"<{BASE}document/L2>"]
    assert objects(conversion, "reason") == ['"It speaks of the same lamp."@en']
    assert f'<{CWC}rule> "editor"' in conversion.nquads
    (match,) = [line.split(" ")[0] for line in conversion.nquads.splitlines() if f"<{CWC}matchedTo>" in line]
    assert f'{match} <{CWC}certainty> "inferred"' in conversion.nquads
    origins = {(one.file, one.field) for one in conversion.origins if one.subject == match}
    assert origins == {("corrections/L1.yaml", "resolutions[0]")}


def test_several_documents_may_be_meant() -> None:
    conversion = converted(GOOD.replace("to: L2", "to: [L2, L3a], certainty: conjectured"))
    assert objects(conversion, "resolvedTo") == [f"<{BASE}document/L2>", f"<{BASE}document/L3a>"]
    assert conversion.nquads.count(f'<{CWC}certainty> "conjectured"') == 2


@pytest.mark.parametrize(
    ("old", "new", "field", "message", "advice"),
    [
        ("references[1]", "references[2]", "resolutions[0].reference", "names no reference of the record",
         "Did you mean references["),
        ("printed: the letter", "printed: a letter", "resolutions[0].printed", "is not how the record prints references[1]",
         "Write printed: 'the letter of 2 January' if the decision still holds"),
    ],
)  # fmt: skip
def test_a_decision_that_no_longer_fits_stops_the_build(
    old: str, new: str, field: str, message: str, advice: str
) -> None:
    conversion = converted(GOOD.replace(old, new))
    (problem,) = conversion.problems
    assert (problem.file, problem.field, problem.message) == ("corrections/L1.yaml", field, message)
    assert problem.advice.startswith(advice)
    assert objects(conversion, "resolvedTo") == []
