"""The readers and writers of file formats, and their warming before children are forked."""

import axelered_box.formats.one_thread  # noqa: F401  # before any reader loads a model


def warm() -> None:
    """Load the parsers and their models, so that a fork has them; called once, by the fork server.

    No thread may be left, since a fork has only the one that forks.
    """
    from axelered_box.formats import warming  # noqa: PLC0415  # only the fork server and its children load parsers

    warming.warm()
