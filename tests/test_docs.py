"""A setting or command that the documentation does not mention fails."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from kimcms.config import Settings
from tests.world import City

ROOT = Path(__file__).parent.parent
OWN = ("kim", "user", "tracker", "sample", "search", "audit", "backup", "doctor", "serve", "setup")


def test_every_setting_is_in_the_table_with_its_default() -> None:
    table = (ROOT / "docs" / "settings.md").read_text()
    for spec in fields(Settings):
        name, default = spec.metadata["name"], spec.metadata["default"]
        shown = f"`{default}`" if default else ""
        assert re.search(rf"^\| `{name}` \| {re.escape(shown)} ?\|", table, re.M), name


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {spec.metadata["name"] for spec in fields(Settings)}
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for name in re.findall(r"KIMCMS_[A-Z0-9_]+", path.read_text()):
            assert name in known, (path, name)


def test_every_command_is_in_the_readme(on_sqlite: City) -> None:
    readme = (ROOT / "README.md").read_text()
    for name in OWN:
        command = on_sqlite.app.cli.commands[name]
        for sub in getattr(command, "commands", {"": None}):
            assert f"`flask {name} {sub}".strip() in readme, (name, sub)


def test_links_in_the_documentation_lead_somewhere() -> None:
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
            assert (path.parent / target).exists(), (path, target)
