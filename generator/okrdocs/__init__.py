"""okrdocs turns OKRs kept as YAML in git into documents and a site."""

__version__ = "0.1.0"
DOCUMENTATION = ""
"""Where the tool's documentation is published, as `https://okrdocs.example/`, with `/` at its end.

Findings lead there; without it, they lead to `okr explain CODE` alone.
"""
