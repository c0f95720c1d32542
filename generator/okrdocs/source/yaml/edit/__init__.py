"""Changes a YAML text: text in, an Edit out, and nothing but what was meant changes.

A path leads to the place (`place`), new text is laid out as its surroundings are (`layout`,
`new_text`), and the result is read before anybody sees it (`proof`). Where a change can't be made
alone, an EditRefusedError says why.
"""

from okrdocs.source.yaml.edit.document import Edit, undo
from okrdocs.source.yaml.edit.insertion import append_item, insert_key
from okrdocs.source.yaml.edit.new_text import Value
from okrdocs.source.yaml.edit.place import ItemWhere, Location, Path, exists, locate, with_id
from okrdocs.source.yaml.edit.removal import remove
from okrdocs.source.yaml.edit.scalars import ScalarValue, set_scalar
from okrdocs.source.yaml.edit.span_replacement import replace_spans

__all__ = [
    "Edit",
    "ItemWhere",
    "Location",
    "Path",
    "ScalarValue",
    "Value",
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
