"""Diagrams and charts as inline SVG, drawn while the site is built."""
