"""Settings come from file, environment and flags, the later winning; a wrong one is a sentence that names it."""

from pathlib import Path

import pytest

from axelered_box.settings import TABLE, Settings, SettingsError, load


def test_the_table_and_the_type_have_the_same_settings() -> None:
    """Each setting has a line in the table, and each line a setting."""
    assert list(TABLE) == list(Settings.__struct_fields__)


def test_later_sources_win(tmp_path: Path) -> None:
    """A flag beats the environment, which beats the file."""
    (tmp_path / "box.toml").write_text('port = 1\nHOST = "a"\nworkers = 3\n')
    environment = {"AXELERED_PORT": "2", "AXELERED_HOST": "b", "AXELERED_DATA_DIR": str(tmp_path)}
    settings = load({"port": 4, "host": None}, environment)

    assert (settings.port, settings.host, settings.workers) == (4, "b", 3)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "many", "AXELERED_PORT is 'many'; it must be a whole number"),
        ("TTL_SECONDS", "0", "at least 1"),
        ("LOG_FORMAT", "xml", "one of text, json"),
        ("WEBHOOK_SCHEDULE", "0,soon", "numbers of seconds"),
        ("WEBHOOK_SCHEDULE", "", "numbers of seconds"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, name: str, value: str, told: str) -> None:
    """The sentence has the setting, the value and what it may be."""
    with pytest.raises(SettingsError, match=told):
        load({}, {f"AXELERED_{name}": value, "AXELERED_DATA_DIR": str(tmp_path)})


def test_an_unknown_setting_in_the_file_is_named(tmp_path: Path) -> None:
    """A misspelt line is refused, not ignored."""
    (tmp_path / "box.toml").write_text("prot = 1\n")
    with pytest.raises(SettingsError, match="prot"):
        load({}, {"AXELERED_DATA_DIR": str(tmp_path)})
