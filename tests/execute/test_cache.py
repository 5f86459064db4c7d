"""Results kept from build to build: found under their key, and made again whenever anything is odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgpub.execute.cache import Cache

VALUE = {"nquads": '<a> <b> "ж\u2028" .\n', "rows": [1, None, True]}


def test_what_was_kept_is_found_under_its_key_alone(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "deep" / "cache")
    assert cache.get("convert/L1", "k1") is None
    cache.put("convert/L1", "k1", VALUE)
    assert cache.get("convert/L1", "k1") == VALUE
    assert cache.get("convert/L1", "k2") is None
    assert cache.get("convert/L2", "k1") is None


def test_another_cache_over_the_same_folder_finds_it(tmp_path: Path) -> None:
    Cache(tmp_path).put("a", "k", VALUE)
    assert Cache(tmp_path).get("a", "k") == VALUE


def test_a_new_key_replaces_the_old_value(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("a", "k1", 1)
    cache.put("a", "k2", 2)
    assert (cache.get("a", "k1"), cache.get("a", "k2")) == (None, 2)
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


def test_an_id_with_a_dot_has_a_file_of_its_own(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("L1.a", "k", 1)
    cache.put("L1.b", "k", 2)
    assert (cache.get("L1.a", "k"), cache.get("L1.b", "k")) == (1, 2)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff", b"[]", b'"k"', b'{"key": "k"}', b'{"key": "other", "value": 1}']
)
def test_a_broken_file_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put("a", "k", 1)
    (tmp_path / "a.json").write_bytes(content)
    assert cache.get("a", "k") is None
    cache.put("a", "k", 1)
    assert cache.get("a", "k") == 1


def test_an_unfinished_write_leaves_the_old_value(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("a", "k", 1)
    with pytest.raises(TypeError):
        cache.put("a", "k", {1, 2})
    assert cache.get("a", "k") == 1
