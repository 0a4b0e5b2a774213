"""A language model's program that answers by rule and misbehaves on demand, for tests of what runs it."""
