"""An edit as a plain English sentence."""
