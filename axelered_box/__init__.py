"""Axelered Box: an appliance that turns documents into Markdown, HTML, text and JSON on one machine."""

__version__ = "0.1.0"
