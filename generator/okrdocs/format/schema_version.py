"""The version of the format that a file says it is written in: `schema: 1` heads each file."""

from __future__ import annotations

import re

from okrdocs.source.yaml.nodes import Mapping, Scalar

SCHEMA_VERSION = 1
"""The version that is read here. What leads a file from an older one is in `migrations`."""
UPGRADE = "pip install -U okrdocs"
_KEY = "schema"
_WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


def find_version(root: Mapping) -> tuple[int, Scalar] | None:
    """Return the version that a file says and where; None where it says none that is a number."""
    for key, value in root.entries:
        if key.text == _KEY and isinstance(value, Scalar) and _WHOLE_NUMBER.fullmatch(value.text):
            return int(value.text), value
    return None
