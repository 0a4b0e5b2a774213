"""What a client's JSON Schema may be, and the simpler forms of it that modules work on.

A schema is checked once, by `problems`; the other functions take one that has none. They know Draft 7 and 2020-12.
"""

from axelered_box.modules.json_schemas.checking import problems
from axelered_box.modules.json_schemas.forms import is_constant, nullable, resolved
from axelered_box.modules.json_schemas.references import inlined

__all__ = ["inlined", "is_constant", "nullable", "problems", "resolved"]
