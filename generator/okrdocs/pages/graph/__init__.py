"""The cascade, dependencies and KPI trees: what is connected with what."""
