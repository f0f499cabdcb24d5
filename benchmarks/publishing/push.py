"""One push of ours as a process of its own, as the others are: `python -m benchmarks.publishing.push SETTINGS`.

It is what `policy publish push` does after it has read the project's settings; `--probe` only tries out the host.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from policy.publish.local import read_build
from policy.publish.session import Wishes, session
from policy.publish.target import Account, Kind, Mount


def account(settings: dict[str, Any]) -> Account:
    """The account of the benchmark: one site, in a folder of the document root."""
    return Account(
        id="benchmark",
        host=settings["host"],
        port=settings["port"],
        user=settings["user"],
        key=Path(settings["key"]),
        known_hosts=Path(settings["known_hosts"]),
        mounts=(Mount(Kind.FOLDER, "site", "www/privacy"),),
    )


def main() -> None:
    """Push, or probe."""
    settings = json.loads(sys.argv[-1])
    web = [("www", settings["address"])]
    with session(account(settings), web, lambda: datetime.now(UTC), lambda said: None) as opened:
        if "--probe" in sys.argv:
            print(opened.probe().abilities.strategy)
        else:
            opened.push(read_build(Path(settings["build"])), Wishes(), lambda live: ())


if __name__ == "__main__":
    main()
