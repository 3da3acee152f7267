"""Files of a build, sent as the build compressed them to clients that accept it."""

import stat
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

# For files whose names change with their content.
IMMUTABLE: Final = "public, max-age=31536000, immutable"
_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))


class CompressedFiles(StaticFiles):
    """Static files, each with an optional `.br` and `.gz` beside it. The folder may be missing."""

    async def check_config(self) -> None:
        """There need not be a build: then there is no file."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The best encoding that the client accepts. Raises HTTPException (404)."""
        accepted = _accepted(Headers(scope=scope).get("accept-encoding", ""))
        for encoding, ending in _ENCODINGS:
            if encoding in accepted and self.exists(path + ending):
                response = await super().get_response(path + ending, scope)
                response.headers["Content-Encoding"] = encoding
                break
        else:
            response = await super().get_response(path, scope)
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = self.cache_control(path)
        return response

    def cache_control(self, _path: str) -> str:
        """The `Cache-Control` of a file."""
        return IMMUTABLE

    def exists(self, path: str) -> bool:
        """Whether there is such a file inside the folder."""
        try:
            _, found = self.lookup_path(path)
        except (OSError, ValueError):
            # Too long, or with a NUL: not a name of a file.
            return False
        return found is not None and stat.S_ISREG(found.st_mode)


def _accepted(field: str) -> set[str]:
    """The codings of an Accept-Encoding field (RFC 9110, 12.5.3) that are not refused by `q=0`."""
    accepted = set()
    for part in field.lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "").removeprefix("q=").strip("0.") or not weight:
            accepted.add(name.strip())
    return accepted
