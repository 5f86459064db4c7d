"""What is begun before the service is made: the data for pages and for workers, and nothing left where no service comes of it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from kgpub.errors import BadInput
from kgpub.serve.early import Early
from kgpub.serve.forked import CAN_FORK

QUAD = '<http://a/s> <http://a/p> "o" <http://a/g> .\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "data.nq").write_text(QUAD, "utf-8")
    return tmp_path / "data.nq"


def test_the_store_is_that_of_the_file(source: Path) -> None:
    with closing(Early(source, 64 << 20)) as early:
        assert [str(quad) for quad in early.store()] == [QUAD.removesuffix(" .\n")]


def test_a_file_that_cannot_be_loaded_is_named_with_what_to_do(source: Path) -> None:
    source.write_text(f"{QUAD}nonsense", "utf-8")
    with closing(Early(source, 64 << 20)) as early, pytest.raises(BadInput, match=r"data\.nq: cannot be loaded: .*2"):
        early.store()


@pytest.mark.skipif(not CAN_FORK, reason="no process is started beside the service")
def test_no_process_is_left_where_no_service_takes_it_up(source: Path) -> None:
    with closing(Early(source, 64 << 20)) as early:
        assert early.nursery is not None
        process = early.nursery._process
        assert process is not None
        assert process.poll() is None
    assert process.returncode is not None
