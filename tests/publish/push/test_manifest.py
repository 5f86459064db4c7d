"""What a store is told about the release in it."""

from __future__ import annotations

from kgpub.publish.push.manifest import Manifest, beside, manifest_lines, read_manifest

BASE = "https://example.org/"
A, B = f"{BASE}graph/A", f"{BASE}graph/B"


def test_what_is_written_is_read_again() -> None:
    waiting = frozenset({beside(BASE, "f" * 64)})
    written = b"".join(manifest_lines(BASE, "1.0", {A: "a" * 64}, waiting, standing=False))
    assert read_manifest(BASE, written) == Manifest(frozenset({A}), waiting, False, "1.0", ((A, "a" * 64),))
    assert b'"sha256:' + b"a" * 64 in written
    assert read_manifest(BASE, b"") == Manifest()


def test_two_releases_of_which_one_is_being_loaded_do_not_stand() -> None:
    """So it is after a push that was broken off: one manifest was added to the other."""
    first = manifest_lines(BASE, "1.0", {A: "a" * 64}, standing=True)
    assert read_manifest(BASE, b"".join(first)).standing
    both = read_manifest(BASE, b"".join([*first, *manifest_lines(BASE, "1.1", {B: "b" * 64}, standing=False)]))
    assert (both.graphs, both.standing) == (frozenset({A, B}), False)


def test_the_manifest_of_another_publication_is_not_ours() -> None:
    assert read_manifest(
        "https://example.org/other/", b"".join(manifest_lines(BASE, "1", {A: "a"}, standing=True))
    ) == (Manifest())
