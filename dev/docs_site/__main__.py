"""`python -m dev.docs_site FOLDER`: writes the site into FOLDER, in place of what was there."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from dev.docs_site.finish import finish
from dev.docs_site.stage import stage

_CONFIG = Path(__file__).with_name("zensical.toml")


def main(built: Path) -> None:
    """Build beside the old site and swap, so that a running server never sees half of one."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        stage(work / "docs", work / "plain")
        shutil.copy(_CONFIG, work)
        command = [str(Path(sys.executable).with_name("zensical")), "build", "--strict"]
        done = subprocess.run(
            command,
            cwd=work,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"NO_COLOR": "1"},
        )
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        finish(work / "site", work / "plain")
        new = built.with_name(f".{built.name}-{work.name}")
        shutil.copytree(work / "site", new)
    old = new.with_name(f"{new.name}-old")
    if built.exists():
        built.rename(old)
    new.rename(built)
    shutil.rmtree(old, ignore_errors=True)


main(Path(sys.argv[1]))
