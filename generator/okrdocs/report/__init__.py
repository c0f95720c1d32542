"""Formats problems for people and programs: one record feeds every format.

`formats` chooses; `terminal` is for people at a prompt, `json`, `sarif` and `gitlab` are JSON,
`github` and `markdown` are what a workflow's run shows. Nothing is imported here: every start of
`okr` needs the console, and few the formats.
"""
