"""The life of a run: taken in, carried out, recovered after a fall, and erased."""
