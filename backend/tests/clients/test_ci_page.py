"""What docs/ci.md tells to copy works as it stands."""

import pathlib
import re

import pytest

from binary import BINARY
from workplace import Workplace

ROOT = pathlib.Path(__file__).parents[3]
PAGE = (ROOT / "docs/ci.md").read_text()


class Nothing:
    """No emulator: the examples start their own."""

    @staticmethod
    def environment():
        return {"AWS_EC2_METADATA_DISABLED": "true", "AWS_PAGER": ""}


@pytest.fixture
def place(tmp_path):
    """An empty machine that has `headwater` on its path."""
    place = Workplace(tmp_path, Nothing)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "headwater").symlink_to(pathlib.Path(BINARY).resolve())
    place.environment["PATH"] = f"{programs}:{place.environment['PATH']}"
    return place


def example(language):
    """The code that stands under the heading of a language."""
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[1]


def test_the_shell_example_works(place):
    (place.folder / "job.sh").write_text(example("sh"))
    said = place.run("bash", "-eu", "job.sh").stdout
    assert re.search(r"^\d+\.\d+\.\d+$", said, re.MULTILINE), said


def test_the_node_example_works(place):
    (place.folder / "codeartifact.test.mjs").write_text(example("js"))
    said = place.run("node", "--test", "codeartifact.test.mjs").stdout
    assert "pass 1" in said, said


def test_the_python_example_works(place):
    (place.folder / "test_codeartifact.py").write_text(example("python"))
    said = place.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider").stdout
    assert "1 passed" in said, said


def test_the_rust_example_is_the_one_of_the_crate():
    source = (ROOT / "backend/emulator/src/sdk.rs").read_text()
    shown = [line.removeprefix("    /// ") for line in source.splitlines()]
    lines = example("rust").splitlines()
    assert any(shown[at : at + len(lines)] == lines for at in range(len(shown)))
