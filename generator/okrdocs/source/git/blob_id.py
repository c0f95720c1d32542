"""The id that git gives to a file's contents."""

from __future__ import annotations

import hashlib


def blob_id(data: bytes, like: str) -> str:
    """Return the id of a blob that holds `data`, in hexadecimal, by the same hash as the id `like`.

    SHA-1 for ids of 40 digits, SHA-256 for 64 (`git init --object-format=sha256`).
    """
    kind = hashlib.sha1 if len(like) == 40 else hashlib.sha256
    digest = kind(b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()
