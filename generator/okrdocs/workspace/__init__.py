"""The resolved OKRs of a company: ids, references, owners, cycles, visibility."""
