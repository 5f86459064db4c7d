"""A client for a server on loopback: what is tested by calls of the application can so be tested over HTTP too."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any

import httpx
import uvicorn

__all__ = ["Started"]


class Started(httpx.Client):
    """Takes the place of starlette's TestClient: the application is served by a server of its own until it is closed."""

    __test__ = False

    def __init__(self, app: Any, *, follow_redirects: bool = True, root_path: str = "") -> None:
        self.app = app
        listener = socket.create_server(("127.0.0.1", 0))

        async def rooted(scope: Any, receive: Any, send: Any) -> None:
            # As TestClient has it, and a proxy that takes the prefix off: the path itself is left as it is.
            await app({**scope, "root_path": root_path} if root_path else scope, receive, send)

        self._server = uvicorn.Server(uvicorn.Config(rooted, log_level="warning"))
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.005)
        super().__init__(
            base_url=f"http://127.0.0.1:{listener.getsockname()[1]}",
            # Answers that repeat the host are compared with what TestClient would have asked.
            headers={"Host": "testserver"},
            follow_redirects=follow_redirects,
            trust_env=False,
            timeout=30,
        )

    def request(self, method: str, url: httpx.URL | str, **given: Any) -> httpx.Response:
        """Ask; the host that TestClient invents is the server that was started."""
        return super().request(method, str(url).removeprefix("http://testserver"), **given)

    def close(self) -> None:
        """Close the connections and stop the server."""
        super().close()
        self._server.should_exit = True
        self._thread.join(10)

    def __exit__(self, *error: Any) -> None:
        super().__exit__(*error)
        self.close()
