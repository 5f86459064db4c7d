"""Where the store behind the service may be said to be."""

from __future__ import annotations

import pytest

from kgpub.errors import BadProject
from kgpub.serve.endpoint.address import read_endpoint
from kgpub.serve.limits import read_limits

URL = "http://127.0.0.1:7878/query"
OTHER = "http://127.0.0.1:8890/sparql"


def test_the_command_line_wins_over_the_environment_and_that_over_the_file() -> None:
    environ = {"KGPUB_SERVE_ENDPOINT": OTHER}
    assert read_endpoint({}, {}, None, "kgpub.toml") == ""
    assert read_endpoint({"endpoint": URL}, {}, None, "kgpub.toml") == URL
    assert read_endpoint({"endpoint": URL}, environ, None, "kgpub.toml") == OTHER
    assert read_endpoint({"endpoint": OTHER}, environ, URL, "kgpub.toml") == URL
    assert read_limits({"endpoint": URL}, environ, {}, "kgpub.toml").rows == 100_000


@pytest.mark.parametrize("url", ["127.0.0.1:7878", "file:///etc/passwd", "http://", "ftp://host/x"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadProject, match=r"kgpub.toml: serve.endpoint: .* is no address"):
        read_endpoint({"endpoint": url}, {}, None, "kgpub.toml")


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadProject) as refused:
        read_endpoint({}, {}, "http://me:secret@host/query", "kgpub.toml")
    assert "secret" not in str(refused.value)
