"""Reads git's log as the history of OKRs: who changed what, and how each number came to be.

`read` is the entry point. `walk` goes from revision to revision; `incremental_reader` parses only
what differs, `document_store` keeps what was read; `revision_states`, `changed_records` and
`step_comparison` pass to `diff` what differs between two states; `accumulator` and `value_points`
collect the result, `cache_format` writes it as JSON and reads it back.
"""

from okrdocs.history.git_log.read import CACHE, cache_path, read_history, read_history_cached

__all__ = ["CACHE", "cache_path", "read_history", "read_history_cached"]
