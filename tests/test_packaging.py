"""What is given away: the wheel and the source archive hold all that the program needs."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("models", "sync", "tui")
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both, made without network by the pinned builder."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return folder


def sources() -> set[str]:
    """Every file of the program that is kept: modules, styles, calendars, READMEs."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", *PACKAGES], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    if listed.returncode:
        pytest.skip("no checkout")
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()}


def test_the_wheel_holds_every_file_of_the_program_and_no_more(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert sources() - names == set()
    assert {name.partition("/")[0] for name in names} == set(PACKAGES)
    assert [name for name in names if "__pycache__" in name] == []


def test_the_wheel_says_what_it_is(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        info = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        text = wheel.read(info).decode("utf-8")
        names = wheel.namelist()
    said = Parser().parsestr(text)
    assert said["Name"] == "sitebook" and said["License-Expression"] == "Apache-2.0"
    assert said["Description-Content-Type"] == "text/markdown"
    assert "Natural Language :: Chinese (Simplified)" in said.get_all("Classifier", [])
    assert "hub" in said.get_all("Provides-Extra", [])
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("THIRD-PARTY.md") for name in names)


def test_the_source_archive_is_enough_for_the_readmes_commands(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert sources() - names == set()
    wanted = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".ci/run", *LOCKS}
    assert wanted - names == set()
    assert "tests/test_packaging.py" in names


def test_no_pin_tells_an_address() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text and " @ " not in text
        assert "--hash=sha256:" in text


def test_the_pins_agree() -> None:
    """The same version of a package in every list, so that what is tested is what is installed."""
    seen: dict[str, set[str]] = {}
    for lock in ROOT.glob("requirements*.lock"):
        for line in lock.read_text(encoding="utf-8").splitlines():
            name, equals, rest = line.partition("==")
            if equals and not line.startswith(" "):
                seen.setdefault(name, set()).add(rest.split()[0])
    assert {name: found for name, found in seen.items() if len(found) > 1} == {}


def test_every_installed_package_has_its_licence_on_the_page() -> None:
    page = (ROOT / ".github" / "THIRD-PARTY.md").read_text(encoding="utf-8")
    told = {_plain(row.split("|")[1]) for row in page.splitlines() if row.startswith("| ")}
    pins = (ROOT / "requirements-hub.lock").read_text(encoding="utf-8").splitlines()
    pinned = {_plain(line.partition("==")[0]) for line in pins if "==" in line[:60]}
    only_in_browsers = {"httpx2-jsfetch"}
    assert pinned - told - only_in_browsers == set()
    assert told - pinned - {"package", "---"} == set()


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-").replace(".", "-")
