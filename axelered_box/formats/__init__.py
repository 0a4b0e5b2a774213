"""The readers and writers of file formats, and their warming before children are forked."""

import axelered_box.formats.one_thread  # noqa: F401  # before any reader loads a model


def warm() -> None:
    """Load the parsers and their models at once."""
    for stage in STAGES:
        stage()


def _warm_reading() -> None:
    """Load what reads digital pages, with its models."""
    from axelered_box.formats import warm_reading  # noqa: PLC0415  # only the fork server and its children load parsers

    warm_reading.warm()


def _warm_recognition() -> None:
    """Load what recognises text and reads Office files."""
    from axelered_box.formats import warm_recognition  # noqa: PLC0415  # as above

    warm_recognition.warm()


STAGES = (_warm_reading, _warm_recognition)
"""What loads the parsers, so that a fork has them, what is needed most first; called by the fork server.

A stage leaves no thread, since a fork has only the one that forks.
"""
