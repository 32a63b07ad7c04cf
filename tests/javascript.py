"""Programs in JavaScript: the scripts of tests/node, asked from here."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

Ask = Callable[[str, Any], Any]

SCRIPTS = Path(__file__).with_name("node")
HOW_TO_GET = "run `make test`, or in tests/node `npm ci --ignore-scripts`"


def ask(script: str, cases: Any) -> Any:
    """Hand all cases to tests/node/<script>.js in one process, return its answers."""
    done = subprocess.run(
        ["node", SCRIPTS / f"{script}.js"],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def missing() -> str | None:
    """Return what is not there, as a sentence; None when all is."""
    if shutil.which("node") is None:
        return "The tests need Node.js, and there is no node here."
    packages = json.loads((SCRIPTS / "package.json").read_text())["dependencies"]
    homes = {name: SCRIPTS / "node_modules" / name for name in packages}
    absent = [name for name, home in homes.items() if not home.is_dir()]
    return f"The tests need {', '.join(absent)}: {HOW_TO_GET}." if absent else None
