"""Python-Markdown with the extensions that every site of ours has."""

from __future__ import annotations

from typing import Any

from markdown import Markdown
from mkdocs.utils.yaml import yaml_load

from okrdocs.site.configuration import merged_configuration


def site_markdown() -> Markdown:
    """Makes HTML of a page's Markdown as a builder does."""
    settings = yaml_load(merged_configuration("", "mkdocs.yml", "Acme"))
    configs: dict[str, Any] = {}
    for each in settings["markdown_extensions"]:
        configs |= each if isinstance(each, dict) else {each: {}}
    return Markdown(extensions=list(configs), extension_configs=configs)
