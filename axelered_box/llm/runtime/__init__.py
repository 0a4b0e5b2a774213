"""A model of llama.cpp in this process: how it is loaded, reads, tells likelihoods and writes."""

from axelered_box.llm.runtime.local_model import LocalModel

__all__ = ["LocalModel"]
