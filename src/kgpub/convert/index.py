"""`cwc:IndexEntry`: whom or what the editors of a publication say that a printed form means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kgpub.convert.article import Article
from kgpub.convert.context import Context
from kgpub.convert.terms import cwc, integer, literal
from kgpub.model import Conversion, RawLayer

__all__ = ["convert_index"]


def convert_index(identifier: str, layer: RawLayer, context: Context) -> Conversion:
    """Return the graph of a printed index, an entry each in the order of the page."""
    article = Article(identifier, layer, context)
    for index, item in enumerate(layer.data["entries"]):
        _describe_entry(article, item, f"entries[{index}]", index + 1)
    return article.conversion()


def _describe_entry(article: Article, item: Mapping[str, Any], path: str, position: int) -> None:
    sheet, file = article.sheet, article.layer.file
    pairs = [
        (cwc("printedForm"), literal(item["printed"])),
        (cwc("position"), integer(position)),
        *article.place(str(item["lines"]), f"{path}.lines"),
    ]
    if "entity" in item:
        entity = article.entity(item["entity"], f"{path}.entity", "person", "organisation", "place", "archive")
        pairs.append((cwc("identifies"), entity))
        if cover_name := item.get("as"):
            known = article.context.cover_names.get(item["entity"], ())
            if cover_name not in known:
                article.unknown(cover_name, f"{path}.as", "cover name", known, "add it to the person's coverNames")
            pairs.append((cwc("identifies"), sheet.iris.part(entity, cover_name)))
    pairs += [(cwc("identifiedAs"), literal(words, lang="en")) for words in item.get("identifiedAs", ())]
    for number, office in enumerate(item.get("offices", ())):
        pairs.append((cwc("office"), article.entity(office, f"{path}.offices[{number}]", "office")))
    node = sheet.part(article.publication, "IndexEntry", pairs, file, path)
    sheet.add(article.publication, cwc("indexEntry"), node, file, path)
