"""Changes a YAML text: text in, an Edit out, and nothing but what was meant changes.

A path leads to the place (`path`), new text is laid out as its surroundings are (`emit`, `layout`),
and the result is read before anybody sees it (`proof`). Where a change can't be made alone, an
EditRefusedError says why.
"""

from okrdocs.source.yaml.edit.document import Edit
from okrdocs.source.yaml.edit.emit import Value
from okrdocs.source.yaml.edit.insertion import append_item, insert_key
from okrdocs.source.yaml.edit.path import ItemWhere, Path, with_id
from okrdocs.source.yaml.edit.removal import remove
from okrdocs.source.yaml.edit.scalars import Word, set_scalar
from okrdocs.source.yaml.edit.site import Location, exists, locate
from okrdocs.source.yaml.edit.spans import replace_spans, undo

__all__ = [
    "Edit",
    "ItemWhere",
    "Location",
    "Path",
    "Value",
    "Word",
    "append_item",
    "exists",
    "insert_key",
    "locate",
    "remove",
    "replace_spans",
    "set_scalar",
    "undo",
    "with_id",
]
