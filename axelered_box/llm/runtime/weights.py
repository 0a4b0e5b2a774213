"""The weights of a model, mapped from a GGUF file, and what llama.cpp says of them."""

import ctypes
from pathlib import Path

import llama_cpp as llama

from axelered_box.domain.models import ModelFailed
from axelered_box.llm.runtime import memory

_ERROR_LEVEL = 4
_MAX_META_BYTES = 1 << 20


class Weights:
    """A model's weights; they live as long as the process."""

    def __init__(self, file: Path, name: str) -> None:
        """Map a GGUF file; raises ModelFailed `model_missing`, `model_broken`, `model_too_big`."""
        if not file.is_file():
            raise ModelFailed("model_missing", f"The model's file {file} is not there. Add it again.")
        memory.require(file.stat().st_size, f"The model {name}")
        complaints = Complaints()
        llama.llama_backend_init()
        parameters = llama.llama_model_default_params()
        parameters.use_mmap = True
        self.pointer = llama.llama_model_load_from_file(str(file).encode(), parameters)
        if not self.pointer:
            raise ModelFailed(
                "model_broken", f"llama.cpp cannot load the model {name}: {complaints.first}. Use another file."
            )
        self.trained_context: int = llama.llama_model_n_ctx_train(self.pointer)

    @property
    def bytes_per_token(self) -> int:
        """What the attention keeps of each token: keys and values of 16 bits for each layer and head."""
        heads = max(1, llama.llama_model_n_head(self.pointer))
        width = int(self.meta(f"{self.meta('general.architecture')}.attention.key_length") or 0)
        width = width or llama.llama_model_n_embd(self.pointer) // heads
        return int(llama.llama_model_n_layer(self.pointer) * llama.llama_model_n_head_kv(self.pointer) * width * 4)

    def meta(self, key: str) -> str | None:
        """Return a value of the file's header as text, None when it has none."""
        size = llama.llama_model_meta_val_str(self.pointer, key.encode(), ctypes.create_string_buffer(1), 1)
        if not 0 <= size < _MAX_META_BYTES:
            return None
        buffer = ctypes.create_string_buffer(size + 1)
        llama.llama_model_meta_val_str(self.pointer, key.encode(), buffer, size + 1)
        return buffer.value.decode("utf-8", errors="replace")

    def chat_template(self) -> str | None:
        """Return the Jinja template of a conversation, None when the model knows none."""
        found = llama.llama_model_chat_template(self.pointer, None)
        return found.decode("utf-8") if found else None


class Complaints:
    """The errors that llama.cpp logs; all else that it logs is dropped."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._callback = llama.llama_log_callback(self._take)
        _KEPT.append(self._callback)
        llama.llama_log_set(self._callback, ctypes.c_void_p(0))

    @property
    def first(self) -> str:
        """The first error: those that follow only say that loading failed."""
        return self.lines[0] if self.lines else "it does not say why"

    def _take(self, level: int, text: bytes, _: ctypes.c_void_p) -> None:
        if level == _ERROR_LEVEL:
            self.lines.append(text.decode("utf-8", errors="replace").partition(": ")[2].strip() or "unknown")


_KEPT: list[object] = []
"""Callbacks that llama.cpp may still call."""
