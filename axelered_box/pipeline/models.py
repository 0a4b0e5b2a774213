"""Which language model a config means, and whether this box can ask it."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from axelered_box.domain.errors import Problem
from axelered_box.domain.modules import Json
from axelered_box.egress import Egress
from axelered_box.isolation.model_host import ModelFile
from axelered_box.llm import catalog
from axelered_box.llm.catalog import CatalogModel
from axelered_box.modules.llm_options import LlmConfig
from axelered_box.settings import Settings

MEMBER = "llmConfig"
SHOWN_KEY = "sk-..."
"""What answers have in place of the key of a model server."""


Known = Callable[[Path], list[CatalogModel]]
"""Returns the models that there are, given the data folder."""


class UnknownModel(Exception):
    """The box has no model of that name; the sentence says which it has and how one is added."""


class Models:
    """The models that the box has, and the servers elsewhere that it may ask."""

    def __init__(self, settings: Settings, egress: Egress, known: Known = catalog.models) -> None:
        self._settings = settings
        self._egress = egress
        self._known = known

    def local(self, name: str | None) -> ModelFile:
        """Return a model of this box by name, the default one for None; raise UnknownModel."""
        wanted = name or self._settings.model or None
        found = self._known(Path(self._settings.data_dir))
        model = next((one for one in found if wanted in (None, one.name)), None)
        if model is None:
            raise UnknownModel(_unknown(wanted, [one.name for one in found]))
        return ModelFile(
            name=model.name,
            path=str(model.path),
            sha256=model.sha256,
            context_tokens=min(self._settings.model_context, model.context_tokens),
        )

    @property
    def default(self) -> Json | None:
        """Return name and hash of the model that is asked where none is named, None when the box has none."""
        try:
            model = self.local(None)
        except UnknownModel:
            return None
        return {"name": model.name, "sha256": model.sha256}

    def shown(self) -> list[Json]:
        """Return the models of the box as clients see them."""
        return [
            {
                "name": one.name,
                "sha256": one.sha256,
                "licence": one.licence,
                "contextTokens": one.context_tokens,
                "added": one.added,
            }
            for one in self._known(Path(self._settings.data_dir))
        ]

    def problems(self, options: Json) -> list[Problem]:
        """Tell what keeps the box from asking the model that a module's options name; `loc` begins below them."""
        if options.get(MEMBER) is None:
            return []
        config = msgspec.convert(options[MEMBER], LlmConfig)
        if config.api_key == SHOWN_KEY:
            sentence = "This only stands in place of a key. Send the key itself, or leave it out where llmId has it."
            return [Problem(loc=[MEMBER, "apiKey"], msg=sentence, type="value_error")]
        if config.provider == "local":
            return self._local_problems(config)
        if config.base_url is None or config.model is None:
            missing = "baseUrl" if config.base_url is None else "model"
            sentence = f"A server's model needs {missing}. Name it, or leave provider out to use the model of this box."
            return [Problem(loc=[MEMBER, missing], msg=sentence, type="missing")]
        if not self._egress.names(config.base_url):
            sentence = (
                "This box may not connect to that host. The operator can list it in EGRESS_ALLOW; or leave llmConfig"
                " out to use the model of this box."
            )
            return [Problem(loc=[MEMBER, "baseUrl"], msg=sentence, type="egress_denied", input=config.base_url)]
        return []

    def _local_problems(self, config: LlmConfig) -> list[Problem]:
        try:
            self.local(config.model)
        except UnknownModel as error:
            if config.model is None:  # told by the task that needs it: other modules of the run go on
                return []
            return [Problem(loc=[MEMBER, "model"], msg=str(error), type="model_missing", input=config.model)]
        return []


def _unknown(name: str | None, known: list[str]) -> str:
    """Return the sentence about a model that is not there."""
    has = f"It has {', '.join(known)}." if known else "It has none."
    subject = "no language model" if name is None else f"no language model named '{name}'"
    return f"This box has {subject}. {has} Add one with 'models add FILE.gguf'."
