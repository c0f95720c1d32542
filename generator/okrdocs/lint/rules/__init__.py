"""One module a rule; `okrdocs.lint.catalogue` lists them."""
