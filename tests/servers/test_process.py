import asyncio
import subprocess
import sys
from pathlib import Path

from tests.waiting import until

_STARTS_A_SERVER_AND_WAITS = """
import sys
from pathlib import Path
from tests.servers.process import ServerProcess
print(ServerProcess(["sleep", "60"], Path(sys.argv[1])).pid, flush=True)
sys.stdin.read()
"""


def _is_alive(pid: int) -> bool:
    # A zombie has died; whether somebody has collected it is another matter.
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, check=False)
    return state.stdout.strip()[:1] not in (b"", b"Z")


async def test_a_server_dies_with_a_test_run_that_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    run = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _STARTS_A_SERVER_AND_WAITS, str(folder)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert run.stdout
    server_pid = int(await run.stdout.readline())
    assert _is_alive(server_pid)
    run.kill()
    await run.wait()
    await until(lambda: not _is_alive(server_pid))
    await until(lambda: not folder.exists())
