"""One module a rule, in four families; a family's `__init__` names its modules, a line each."""
