"""A site that a company has already, built by MkDocs itself, with the plugin `okrdocs` or not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

OKRS = {
    "okr.yml": "schema: 1\norganization: Acme\nas_of: 2025-02-01\n",
    "2025-Q1/company.yml": "schema: 1\nobjectives: [{id: grow, title: Grow, key_results:"
    " [{id: a, title: A, baseline: 0, target: 5, check_ins: [{date: 2025-01-20, value: 3},"
    " {date: 2025-01-25, value: 4}]}]}]\n",
}
HOST = """\
site_name: Handbook
theme: material
markdown_extensions:
  - toc: {permalink: false}
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
plugins:
  - search
"""
HOME = """\
# Home

- [ ] not a task here

| a | b |
|--:|---|
| 1 | 2 |

```mermaid
sequenceDiagram
```
"""


def host_site(root: Path) -> Path:
    """Fills a folder with a company's OKRs and pages of its own."""
    files = {f"okrs/{path}": text for path, text in OKRS.items()}
    files |= {"docs/index.md": HOME, "docs/guide.md": "# Guide\n\n[Home](index.md)\n"}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def build_host_site(root: Path, settings: str) -> subprocess.CompletedProcess[str]:
    """Builds it; MkDocs finds the plugin as in an installed package."""
    installed = root.parent / "installed"
    found = installed / "okrdocs_here-1.dist-info"
    found.mkdir(parents=True, exist_ok=True)
    (found / "METADATA").write_text("Metadata-Version: 2.1\nName: okrdocs-here\nVersion: 1\n")
    entry = "[mkdocs.plugins]\nokrdocs = okrdocs.mkdocs_plugin:OkrdocsPlugin\n"
    (found / "entry_points.txt").write_text(entry)
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
