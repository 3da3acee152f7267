"""What people read when `zenmode up` is ready."""

import shlex
import shutil
import sys
from pathlib import Path

from app.settings import Settings


def welcome(settings: Settings, address: str, *, is_new: bool) -> str:
    """Returns the URL and, as long as there is no user, how to create one."""
    lines = [f"ZenMode is at {address}"]
    if is_new:
        sign_up = "sign up there, or " if settings.sign_up == "open" else ""
        lines.append(f"To get in, {sign_up}run in another terminal: {_bootstrap(settings)}")
        lines.append("If you follow the README's tour, open terminal 2: it runs this with --shell.")
    lines.append("Ctrl-C stops it.")
    return "\n".join(lines) + "\n"


def _bootstrap(settings: Settings) -> str:
    folder = settings.data_dir.resolve()
    is_usual = folder == Path("var").resolve()
    setting = "" if is_usual else f"ZENMODE_DATA_DIR={shlex.quote(str(folder))} "
    return f"{setting}{_zenmode()} bootstrap"


def _zenmode() -> str:
    ours, found = Path(sys.executable).with_name("zenmode"), shutil.which("zenmode")
    if not ours.exists() or (found and Path(found) == ours):
        return "zenmode"
    here = Path.cwd()
    return shlex.quote(str(ours.relative_to(here) if ours.is_relative_to(here) else ours))
