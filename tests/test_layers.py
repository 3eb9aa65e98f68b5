"""Arrows between packages point one way, and the trusted island stands alone."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ISLAND_FILES = ["axes", "base", "citation", "classes", "cnf", "encode", "growth", "head_lemma",
                "kernel", "lrat", "profile",
                "statements", "strict_json", "__main__"]
MAY_IMPORT = {
    "languages": {"languages", "numpy", "scipy"},
    "proofs": {"proofs"},
    "expressivity": {"expressivity", "languages", "proofs", "numpy", "click", "rich", "sympy",
                     "z3", "pysat", "torch"},
}
STRATEGIES = ROOT / "languages" / "strategies.py"


def imported(path: Path) -> Iterator[str]:
    """Dotted names of all modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} uses a relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_packages_import_downwards_only(package: str) -> None:
    allowed = MAY_IMPORT[package] | set(sys.stdlib_module_names)
    for path in (ROOT / package).rglob("*.py"):
        extra = {"hypothesis"} if path == STRATEGIES else set()
        wrong = {m for m in imported(path) if m.split(".")[0] not in allowed | extra}
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_pytorch_stays_an_extra() -> None:
    """Its two modules are imported by nothing else of the package, so nothing else needs it."""
    extra = {"expressivity.models.torch_layers", "expressivity.models.torch_module"}
    for path in (ROOT / "expressivity").rglob("*.py"):
        if path.stem not in ("torch_layers", "torch_module"):
            wrong = {m for m in imported(path) if m in extra or m.split(".")[0] == "torch"}
            assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_the_replayer_shares_no_code_with_the_kernel() -> None:
    for path in [*(ROOT / "proofs" / "replay").glob("*.py")]:
        wrong = {m for m in imported(path) if m.startswith((
            "proofs.kernel", "proofs.profile", "proofs.growth", "proofs.search",
            "proofs.derivation"))}
        assert not wrong, f"{path.name} imports {sorted(wrong)}"


def test_checkers_import_the_standard_library_and_each_other() -> None:
    for path in (ROOT / "proofs" / "checkers").glob("*.py"):
        wrong = {m for m in imported(path) if m.split(".")[0] not in sys.stdlib_module_names
                 and not m.startswith("proofs.checkers")}
        assert not wrong, f"{path.name} imports {sorted(wrong)}"


def test_the_kernel_does_not_know_the_search() -> None:
    for name in ISLAND_FILES:
        wrong = {m for m in imported(ROOT / "proofs" / f"{name}.py")
                 if m.startswith("proofs.search")}
        assert not wrong, f"{name} imports {sorted(wrong)}"


@pytest.mark.parametrize("path", [*(ROOT / "proofs").rglob("*.py")],
                         ids=lambda p: str(p.relative_to(ROOT)))
def test_no_assert_is_a_check_in_proofs(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.Assert)]


@pytest.mark.parametrize(("folder", "limit"), [("proofs/checkers", 300), ("proofs", 450),
                                               ("languages", 450), ("expressivity", 450)])
def test_files_fit_in_a_head(folder: str, limit: int) -> None:
    for path in (ROOT / folder).rglob("*.py"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= limit, f"{path.relative_to(ROOT)} has {lines} lines"
