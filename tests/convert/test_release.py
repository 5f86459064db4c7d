"""The provenance of a release: what made it, from what, without a clock."""

from __future__ import annotations

from kgpub.convert.release import convert_release
from tests.convert.samples import BASE, sample_context

EXPECTED = """\
<{b}activity/release-0.1.0> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/prov#Activity> {g} .
<{b}activity/release-0.1.0> <http://www.w3.org/2000/01/rdf-schema#label> "Conversion of release 0.1.0"@en {g} .
<{b}activity/release-0.1.0> <http://www.w3.org/ns/prov#wasAssociatedWith> <{b}agent/kgpub> {g} .
<{b}agent/kgpub> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/prov#SoftwareAgent> {g} .
<{b}agent/kgpub> <http://www.w3.org/2000/01/rdf-schema#label> "kgpub 9.9"@en {g} .
<{b}dataset> <http://purl.org/dc/terms/title> "The \\"Lamp\\" letters"@en {g} .
<{b}dataset> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/prov#Entity> {g} .
<{b}dataset> <http://www.w3.org/ns/dcat#version> "0.1.0" {g} .
<{b}dataset> <http://www.w3.org/ns/prov#hadMember> <{b}graph/L1> {g} .
<{b}dataset> <http://www.w3.org/ns/prov#hadMember> <{b}graph/authority> {g} .
<{b}dataset> <http://www.w3.org/ns/prov#wasGeneratedBy> <{b}activity/release-0.1.0> {g} .
"""


def test_a_release_says_what_made_it_and_which_graphs_it_made() -> None:
    context = sample_context()
    graphs = [context.iris.graph("authority"), context.iris.graph("L1")]
    conversion = convert_release(context, 'The "Lamp" letters', "kgpub 9.9", graphs)
    assert conversion.graph == f"<{BASE}graph/provenance>"
    assert sorted(conversion.nquads.splitlines()) == sorted(
        EXPECTED.format(b=BASE, g=f"<{BASE}graph/provenance>").splitlines()
    )
