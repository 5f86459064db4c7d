"""The site as one zip: unpack it, open `index.html`. The same files give the same bytes.

A file that is as it was in the earlier build's zip is copied from there as it lies packed, because to pack a thousand pages takes
seconds. `zipfile` cannot do that, so the zip is written here: local headers, central directory, end record.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from kgpub.publish.output import SUMS, Output

__all__ = ["write_zip"]

_STORED, _DEFLATED = 0, 8
_PACKED: Final = (".gz", ".png", ".woff2")
_MOST: Final = 65_534
"""More members take another format of zip."""
_UTF8: Final = 0x800
_NEEDS: Final = 20
_UNIX: Final = 3 << 8
_MODE: Final = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class _Member:
    """A member as it lies in the zip."""

    method: int
    crc: int
    size: int
    data: bytes


def write_zip(output: Output, name: str, folder: str, day: str, without: frozenset[str] = frozenset()) -> bool:
    """Write all files of the output but those `without` into one zip, below a folder, all of one day; False where too many."""
    output.settle()
    names = sorted(set(output.files) - without - {name})
    if len(names) > _MOST:
        return False
    earlier = _earlier(output.earlier(name), folder)

    def member(one: str) -> _Member:
        return earlier.get((one, output.files[one][1])) or _packed(one, (output.folder / one).read_bytes())

    members = dict(zip(names, output.each(member, names), strict=True))
    members[SUMS] = _packed(SUMS, output.sums(names).encode())
    output.write_known(name, _zip({f"{folder}/{one}": members[one] for one in sorted(members)}, _date(day)))
    return True


def _earlier(file: Path | None, folder: str) -> Mapping[tuple[str, str], _Member]:
    """Return the members of an earlier zip by name and SHA-256, which its own list of sums tells."""
    if file is None:
        return {}
    content = file.read_bytes()
    found: dict[tuple[str, str], _Member] = {}
    try:
        with ZipFile(file) as known:
            digests = {line[66:]: line[:64] for line in known.read(f"{folder}/{SUMS}").decode().splitlines()}
            for info in known.infolist():
                name = info.filename.removeprefix(f"{folder}/")
                start = info.header_offset + 30 + len(info.filename.encode())
                data = content[start : start + info.compress_size]
                if name in digests:
                    found[name, digests[name]] = _Member(info.compress_type, info.CRC, info.file_size, data)
    except (BadZipFile, KeyError, ValueError):
        return {}
    return found


def _packed(name: str, content: bytes) -> _Member:
    crc = zlib.crc32(content)
    if not name.endswith(_PACKED):
        packing = zlib.compressobj(6, zlib.DEFLATED, -15)
        data = packing.compress(content) + packing.flush()
        if len(data) < len(content):
            return _Member(_DEFLATED, crc, len(content), data)
    return _Member(_STORED, crc, len(content), content)


def _zip(members: Mapping[str, _Member], date: int) -> bytes:
    parts: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for name, one in members.items():
        path = name.encode()
        own = struct.pack("<HHHHIII", _UTF8, one.method, 0, date, one.crc, len(one.data), one.size)
        head = struct.pack("<IH", 0x04034B50, _NEEDS) + own + struct.pack("<HH", len(path), 0) + path
        entry = struct.pack("<IHH", 0x02014B50, _UNIX | _NEEDS, _NEEDS) + own
        listed.append(entry + struct.pack("<HHHHHII", len(path), 0, 0, 0, 0, _MODE, at) + path)
        parts += [head, one.data]
        at += len(head) + len(one.data)
    size = sum(map(len, listed))
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(members), len(members), size, at, 0)
    return b"".join([*parts, *listed, end])


def _date(day: str) -> int:
    year, month, number = (int(part) for part in day.split("-"))
    return (max(year, 1980) - 1980) << 9 | month << 5 | number
