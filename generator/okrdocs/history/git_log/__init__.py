"""git's log as the history of OKRs: who changed what, and how each number came to be.

`walk` goes from revision to revision (`halves`: on two cores), `reading` parses only what differs,
`library` keeps what was read, `states`, `picks` and `sides` put of two states what differs before
`diff`, `ledger` and `points` keep what was learnt, `kept` remembers it as JSON.
"""

from okrdocs.history.git_log.read import CACHE, Known, Working, cache_of, read_history, recalled

__all__ = ["CACHE", "Known", "Working", "cache_of", "read_history", "recalled"]
