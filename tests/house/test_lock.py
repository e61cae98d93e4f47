"""requirements.lock: is what pyproject.toml asks for, pinned and hashed, and says nothing of where from."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
REPAIR = "Repair: make lock"


def asked_for() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    return [Requirement(line) for lines in [project["dependencies"], *extras] for line in lines]


def locked() -> dict[str, str]:
    """Name -> its entry: the pin, its hashes, and in comments who asked for it."""
    lock = (ROOT / "requirements.lock").read_text()
    entries = re.findall(r"^[a-z0-9].*(?:\n +.*)*", lock, re.MULTILINE)
    return {canonicalize_name(entry.split("==")[0]): entry for entry in entries}


def test_lock_pins_what_the_project_asks_for():
    entries = locked()
    for asked in asked_for():
        pin = Requirement(entries[canonicalize_name(asked.name)].split("\\")[0])
        version = str(pin.specifier).removeprefix("==")
        assert asked.specifier.contains(version), f"{asked} but {pin} is locked. {REPAIR}"


def test_lock_pins_nothing_the_project_stopped_asking_for():
    from_project = {name for name, entry in locked().items() if "helptree (pyproject.toml)" in entry}
    assert from_project == {canonicalize_name(asked.name) for asked in asked_for()}, REPAIR


def test_every_pin_has_hashes():
    assert [name for name, entry in locked().items() if "--hash=sha256:" not in entry] == []
