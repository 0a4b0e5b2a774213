"""Which tokens a JSON Schema allows next: its grammar, bounded so that every answer has an end."""

import ctypes
import json
from typing import Any

import llama_cpp as llama
import numpy as np
from llama_cpp.llama_grammar import json_schema_to_gbnf

from axelered_box.domain.models import ModelFailed
from axelered_box.llm.runtime.reading import Logits
from axelered_box.llm.runtime.vocabulary import Vocabulary

MAX_TEXT = 240
MAX_ITEMS = 50
"""The longest text, in characters, and list where a schema sets no bound: a small model repeats itself for ever."""
_MAX_DEPTH = 32
_FIRST_LOOK = 64
_TOKEN_DATA = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])
_SCHEMAS_IN = ("items", "additionalProperties")
_SCHEMA_LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")
_SCHEMA_MAPS = ("properties", "$defs", "definitions")


class Grammar:
    """Follows an answer token by token; lives for one answer."""

    def __init__(self, schema: dict[str, Any], vocabulary: Vocabulary) -> None:
        """Read a schema; raises ModelFailed `schema_unsupported`."""
        text = grammar_text(schema)
        self._sampler = llama.llama_sampler_init_grammar(vocabulary.pointer, text.encode(), b"root")
        if not self._sampler:
            raise _unsupported("llama.cpp does not read the grammar that is made from it")

    def best(self, logits: Logits) -> int:
        """Return the likeliest of the tokens that are allowed next."""
        for count in (1, _FIRST_LOOK, len(logits)):
            found = self._best_of(logits, min(count, len(logits)))
            if found is not None:
                return found
        raise ModelFailed("model_error", "The schema's grammar allows no token of the model's vocabulary here.")

    def accept(self, token: int) -> None:
        """Add a token to the answer."""
        llama.llama_sampler_accept(self._sampler, token)

    def close(self) -> None:
        """Give its memory back."""
        llama.llama_sampler_free(self._sampler)

    def _best_of(self, logits: Logits, count: int) -> int | None:
        """Return the likeliest allowed one of the likeliest tokens, None when none of them is allowed."""
        chosen = np.argpartition(logits, -count)[-count:] if count > 1 else np.array([logits.argmax()])
        data = np.zeros(count, dtype=_TOKEN_DATA)
        data["id"], data["logit"] = chosen, logits[chosen]
        pointer = data.ctypes.data_as(ctypes.POINTER(llama.llama_token_data))
        tokens = llama.llama_token_data_array(data=pointer, size=count, selected=-1, sorted=False)
        llama.llama_sampler_apply(self._sampler, ctypes.byref(tokens))
        at = int(data["logit"].argmax())
        return None if data["logit"][at] == -np.inf else int(data["id"][at])


def grammar_text(schema: dict[str, Any]) -> str:
    """Return the grammar of a JSON Schema in the notation of llama.cpp; raises ModelFailed `schema_unsupported`."""
    try:
        return str(json_schema_to_gbnf(json.dumps(bounded(schema))))
    except (AssertionError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise _unsupported(f"{type(error).__name__}: {error}") from error


def bounded(schema: Any, depth: int = 0) -> Any:
    """Return a schema whose texts and lists have an end, with each of several types as a choice of its own."""
    if not isinstance(schema, dict):
        return schema
    if depth > _MAX_DEPTH:
        raise _unsupported(f"it is more than {_MAX_DEPTH} levels deep")
    inner = {name: bounded(schema[name], depth + 1) for name in _SCHEMAS_IN if name in schema}
    inner |= {name: [bounded(one, depth + 1) for one in schema[name]] for name in _SCHEMA_LISTS if name in schema}
    inner |= {
        name: {key: bounded(one, depth + 1) for key, one in schema[name].items()}
        for name in _SCHEMA_MAPS
        if name in schema
    }
    return _with_ends({**schema, **inner})


def _with_ends(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema, whose inner ones have ends, with those of its own."""
    kind = schema.get("type")
    if isinstance(kind, list) and not schema.keys() & {"enum", "const"}:
        return {"anyOf": [_with_ends({**schema, "type": one}) for one in kind]}
    if kind == "string" and not schema.keys() & {"enum", "const", "pattern"}:
        most = max(schema.get("minLength", 0), MAX_TEXT)
        return {**schema, "maxLength": min(schema.get("maxLength", most), most)}
    if kind == "array":
        most = max(schema.get("minItems", 0), MAX_ITEMS)
        items = {"items": {"type": "string", "maxLength": MAX_TEXT}}
        return items | {**schema, "maxItems": min(schema.get("maxItems", most), most)}
    if kind == "object" and "properties" in schema:
        return {"additionalProperties": False} | schema
    return schema


def _unsupported(why: str) -> ModelFailed:
    return ModelFailed("schema_unsupported", f"No grammar can be made from the JSON Schema: {why}. Make it simpler.")
