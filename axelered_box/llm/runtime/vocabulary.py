"""The vocabulary of a model: texts as tokens and tokens as texts."""

import ctypes

import llama_cpp as llama

from axelered_box.llm.runtime.weights import Weights

_MARK = "\n"
_LONGEST_PIECE = 512


class Vocabulary:
    """Turns texts into tokens and back."""

    def __init__(self, weights: Weights) -> None:
        self._vocab = llama.llama_model_get_vocab(weights.pointer)
        self.size: int = llama.llama_vocab_n_tokens(self._vocab)
        self.pointer = self._vocab
        spaces = weights.meta("tokenizer.ggml.add_space_prefix")
        sentence_piece = weights.meta("tokenizer.ggml.model") == "llama"
        self._adds_space = spaces == "true" or (spaces is None and sentence_piece)
        self._mark = self._tokens(_MARK, begins=False) if self._adds_space else []

    def beginning(self, text: str, *, special: bool = False) -> list[int]:
        """Return the tokens of a text that begins a sequence, with the mark of a beginning where the model wants it.

        Only with `special` are the names of control tokens, such as ``<|im_end|>``, those tokens and not their letters.
        """
        return self._tokens(text, begins=True, special=special)

    def continuation(self, text: str, *, special: bool = False) -> list[int]:
        """Return the tokens of a text that goes on from another: a space stands before it only if the text has one.

        It is cut into tokens by itself, so that each of several continuations has the same text before it.
        """
        if not self._adds_space or not text:
            return self._tokens(text, begins=False, special=special)
        return self._tokens(_MARK + text, begins=False, special=special)[len(self._mark) :]

    def piece(self, token: int) -> bytes:
        """Return the bytes of a token; those of a control token are none."""
        buffer = ctypes.create_string_buffer(_LONGEST_PIECE)
        size = llama.llama_token_to_piece(self._vocab, token, buffer, _LONGEST_PIECE, 0, False)
        return buffer.raw[: max(size, 0)]

    def name(self, token: int) -> str:
        """Return the text by which a control token is known; empty for no token."""
        found = llama.llama_vocab_get_text(self._vocab, token) if token >= 0 else None
        return found.decode("utf-8") if found else ""

    @property
    def begin_name(self) -> str:
        """The text of the token that begins a sequence."""
        return self.name(llama.llama_vocab_bos(self._vocab))

    @property
    def end_name(self) -> str:
        """The text of the token that ends a sequence."""
        return self.name(llama.llama_vocab_eos(self._vocab))

    def ends(self, token: int) -> bool:
        """Tell whether a token ends what a model writes."""
        return bool(llama.llama_vocab_is_eog(self._vocab, token))

    def _tokens(self, text: str, *, begins: bool, special: bool = False) -> list[int]:
        data = text.encode("utf-8", errors="replace")
        room = len(data) + 8
        buffer = (llama.llama_token * room)()
        count = llama.llama_tokenize(self._vocab, data, len(data), buffer, room, begins, special)
        return list(buffer[:count])
