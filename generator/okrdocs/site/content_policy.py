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
_PLACE = re.compile(r'new URL\("[./]*",location\)')
# Browsers look for the encoding in the first 1,024 bytes, so the policy stands behind it.
_HEAD = re.compile(r"<head\b[^>]*>(\s*<meta charset=[^>]*>)?", re.IGNORECASE)


def add_policy(page: str, content: str = "", known: frozenset[str] | None = None) -> str:
    """Add the policy to the head of a page's HTML, before anything is loaded.

    `content` is the part of it that came from Markdown; of what is around it, only the `known` code
    runs, where it is given. A page without a head stays as it is.
    """
    head = _HEAD.search(page)
    if head is None:
        return page
    policy = policy_text(page, content, known)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return f"{page[: head.end()]}{meta}{page[head.end() :]}"


def policy_text(page: str, content: str = "", known: frozenset[str] | None = None) -> str:
    """Return the policy for a page: inline code is allowed unless it stands in the content."""
    refused = _inline_code(content)
    allowed = [
        (tag, _digest(code))
        for tag, code in _inline_code(_around(page, content))
        if (tag, code) not in refused and (known is None or _without_place(code) in known)
    ]
    sources = {tag: "".join(f" '{code}'" for t, code in allowed if t == tag) for tag in _TAGS}
    # Not 'none': Firefox fetches the page that `<link rel="next">` names beforehand.
    loaded = (f"{tag}-src {_HERE}{codes}" for tag, codes in sources.items())
    return "; ".join((f"default-src {_HERE}", *loaded, *_ELSEWHERE))


def code_around(page: str, content: str) -> frozenset[str]:
    """Return the inline code of a page that isn't its content's, as `policy_text` knows it."""
    return frozenset(_without_place(code) for _, code in _inline_code(_around(page, content)))


def _around(page: str, content: str) -> str:
    # A script that the content leaves open mustn't take the theme's next one in.
    return page.replace(content, "") if content else page


def _without_place(code: str) -> str:
    """Return code without the way from a page to the top of the site, which differs."""
    return _PLACE.sub('new URL("",location)', code)


def _inline_code(html: str) -> list[tuple[str, str]]:
    """Return (tag, code) of each piece of inline code, once, in the order of the page."""
    found: dict[tuple[str, str], None] = {}
    for match in _INLINE.finditer(html):
        if not _NO_CODE.search(match["attributes"]):
            # Browsers read a line break of two characters as one.
            found[match["tag"].lower(), match["code"].replace("\r\n", "\n")] = None
    return list(found)


def _digest(code: str) -> str:
    return f"sha256-{b64encode(sha256(code.encode()).digest()).decode()}"
