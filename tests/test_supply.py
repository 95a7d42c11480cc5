"""What comes from others: every locked package has a licence we may pass on, and no fault that is known.

Checked against ``supply.toml``, without a network.
"""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.version import Version

from booklet import paths

LOCKS = (
    "requirements.txt",
    "requirements-cluster.txt",
    "requirements-dev.txt",
    "requirements-node.txt",
    "requirements-pip.txt",
)
TABLE = tomllib.loads((Path(__file__).parent / "supply.toml").read_text("utf-8"))
FREE = frozenset({  # licences under which a package may be passed on with ours
    "MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "MPL-1.1", "MPL-2.0", "PSF-2.0",
})  # fmt: skip


def locked(name: str) -> dict[str, str]:
    """Return the packages of a lock file and their versions."""
    text = (paths.ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE))


EVERY = {package: version for lock in LOCKS for package, version in locked(lock).items()}


def test_every_locked_package_has_a_licence_we_may_pass_on() -> None:
    licences = TABLE["licence"]
    assert licences.keys() == EVERY.keys()
    for package, licence in licences.items():
        choices = [set(one.split(" AND ")) for one in licence.split(" OR ")]
        assert any(parts <= FREE for parts in choices), package


@pytest.mark.parametrize("package", sorted(EVERY))
def test_a_package_says_itself_that_it_is_free(package: str) -> None:
    try:
        found = distribution(package).metadata
    except PackageNotFoundError:
        return  # of another system
    said = " ".join([
        *found.get_all("License-Expression", []), *(text[:200] for text in found.get_all("License", [])),
        *(one for one in found.get_all("Classifier", []) if one.startswith("License")),
    ])  # fmt: skip
    copyleft = re.search(r"\bA?GPL|Affero|General Public", said)
    assert not copyleft or re.search("MPL|Mozilla", said), said
    assert found["Version"] == EVERY[package]


@pytest.mark.parametrize("row", TABLE["advisory"], ids=lambda row: str(row["id"]))
def test_no_locked_package_has_a_known_fault(row: dict[str, str]) -> None:
    assert Version(EVERY[row["package"]]) >= Version(row["mended"])


def test_every_lock_names_one_version_of_a_package() -> None:
    for lock in LOCKS:
        assert {name: EVERY[name] for name in locked(lock)} == locked(lock)
