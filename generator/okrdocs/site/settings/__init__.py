"""A company's `mkdocs.yml` as YAML nodes: read, judged, and laid over what the package brings."""
