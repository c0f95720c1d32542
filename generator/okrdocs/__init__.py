"""okrdocs turns OKRs kept as YAML in git into documents and a site."""

__version__ = "0.1.0"
