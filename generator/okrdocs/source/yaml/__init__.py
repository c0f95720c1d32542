"""YAML: text to nodes with places, and what is wrong where that fails."""
