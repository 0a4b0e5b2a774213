"""The program that prepares the models of the manifest at set-up: copies of them that are read faster."""

import ctypes
import os
import sys
from pathlib import Path

import llama_cpp as llama
import msgspec

from axelered_box.domain.models import ModelFailed
from axelered_box.llm import catalog
from axelered_box.llm.catalog import Shipped
from axelered_box.llm.gguf import SUFFIX
from axelered_box.llm.runtime.weights import Complaints

QUANTIZATION = "Q8_0"
"""Measured for the default model: read 1.6 times as fast as Q4_1, of which it keeps each weight but for rounding."""
_FASTER_THAN = ("Q4_1", "Q5_0", "Q5_1")


def main(arguments: list[str]) -> None:
    """Prepare every model of the manifest into the folder that is told; end with 1 when one cannot be."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for shipped in catalog.manifest():
        if shipped.quantization in _FASTER_THAN:
            try:
                prepare(shipped, folder)
            except (ModelFailed, OSError) as error:
                sys.exit(f"{shipped.name}: {error}")


def prepare(shipped: Shipped, folder: Path) -> None:
    """Write a copy of a model in weights of 8 bits, and its facts last; raises ModelFailed, OSError."""
    source = catalog.source(shipped)
    if source is None:
        raise ModelFailed("model_missing", f"The package {shipped.source} is not installed.")
    if catalog.file_hash(source) != shipped.sha256:
        raise ModelFailed("model_broken", f"{source} is not the file that the manifest names: its hash differs.")
    file, part = folder / f"{shipped.name}{SUFFIX}", folder / f"{shipped.name}.part"
    _requantize(source, part)
    file.with_suffix(catalog.FACTS_SUFFIX).unlink(missing_ok=True)
    part.replace(file)
    made = {"sha256": catalog.file_hash(file), "size_bytes": file.stat().st_size, "quantization": QUANTIZATION}
    facts = msgspec.structs.replace(catalog.facts_of(shipped), source_sha256=shipped.sha256, **made)
    catalog.write_facts(facts, file)


def _requantize(source: Path, target: Path) -> None:
    complaints = Complaints()
    parameters = llama.llama_model_quantize_default_params()
    parameters.ftype = llama.LLAMA_FTYPE_MOSTLY_Q8_0
    parameters.allow_requantize = True
    parameters.nthread = len(os.sched_getaffinity(0))
    code = llama.llama_model_quantize(str(source).encode(), str(target).encode(), ctypes.byref(parameters))
    if code != 0:
        raise ModelFailed("model_broken", f"llama.cpp cannot convert {source.name}: {complaints.first}.")


if __name__ == "__main__":
    main(sys.argv[1:])
