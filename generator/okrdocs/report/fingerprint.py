"""Identifies a finding over time, for services that follow findings from run to run."""

from __future__ import annotations

import hashlib

from okrdocs.problem import Problem


def fingerprint(problem: Problem) -> str:
    """Return 64 hexadecimal digits from code, path and what the finding is about.

    The line isn't part of it, so that a finding stays the same when text above it grows. Where a
    finding has no `ref`, its message takes that place.
    """
    return digest_of_texts(problem.code, problem.ref or problem.message, problem.span.path)


def digest_of_texts(*parts: str) -> str:
    """Return the SHA-256 of texts, each with its end marked."""
    text = "".join(f"{part}\0" for part in parts)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
