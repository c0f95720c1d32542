"""Says what a browser may load for a page: a Content-Security-Policy in the page's head.

`site.mkdocs` puts it into each page that it builds. The policy allows what lies on the
site itself and the theme's own inline scripts, each by its digest. Scripts in a page's content
get none: a text that became a script after all wouldn't run. See https://www.w3.org/TR/CSP3/.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

# In Firefox a page on disk isn't its own site, so files are named; on a server that opens nothing.
_HERE = "'self' file:"
_ELSEWHERE = (
    f"img-src {_HERE} data:",  # Material's icons are pictures within its stylesheet
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'self'",
    "form-action 'none'",
)
_TAGS = ("script", "style")
_INLINE = re.compile(
    r"<(?P<tag>script|style)\b(?P<attributes>[^>]*)>(?P<code>.*?)</(?P=tag)\s*>",
    re.DOTALL | re.IGNORECASE,
)
_NO_CODE = re.compile(r"""\bsrc\s*=|\btype\s*=\s*["']?application/json""", re.IGNORECASE)
# Browsers look for the encoding in the first 1,024 bytes, so the policy stands behind it.
_HEAD = re.compile(r"<head\b[^>]*>(\s*<meta charset=[^>]*>)?", re.IGNORECASE)


def add_policy(page: str, content: str = "") -> str:
    """Add the policy to the head of a page's HTML, before anything is loaded.

    `content` is the part of it that came from Markdown. A page without a head stays as it is.
    """
    head = _HEAD.search(page)
    if head is None:
        return page
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy_text(page, content)}">'
    return f"{page[: head.end()]}{meta}{page[head.end() :]}"


def policy_text(page: str, content: str = "") -> str:
    """Return the policy for a page: inline code is allowed unless it stands in the content."""
    # A script that the content leaves open mustn't take the theme's next one in.
    around = page.replace(content, "") if content else page
    refused = _inline_code_digests(content)
    allowed = [digest for digest in _inline_code_digests(around) if digest not in refused]
    sources = {tag: "".join(f" '{code}'" for t, code in allowed if t == tag) for tag in _TAGS}
    # Not 'none': Firefox fetches the page that `<link rel="next">` names beforehand.
    loaded = (f"{tag}-src {_HERE}{codes}" for tag, codes in sources.items())
    return "; ".join((f"default-src {_HERE}", *loaded, *_ELSEWHERE))


def _inline_code_digests(html: str) -> list[tuple[str, str]]:
    """Return (tag, digest) of each piece of inline code, once, in the order of the page."""
    digests: dict[tuple[str, str], None] = {}
    for match in _INLINE.finditer(html):
        if not _NO_CODE.search(match["attributes"]):
            # Browsers read a line break of two characters as one.
            code = match["code"].replace("\r\n", "\n").encode()
            digest = b64encode(sha256(code).digest()).decode()
            digests[match["tag"].lower(), f"sha256-{digest}"] = None
    return list(digests)
