"""Publishing beside rsync and lftp: `python -m benchmarks.publish [--files 100 10000] [--runs 5]`.

All send the same site to the same OpenSSH server of this machine, as processes of their own; they take turns, and
another begins in each run. After every step what lies on the server is compared with what was built, byte for byte.
Without a shell on the server (SFTP only, in a chroot; that needs root) rsync cannot work, and is left out.
"""

import argparse
import os
import sys
import time
from datetime import date

from benchmarks.publishing import tables, tools
from benchmarks.publishing.measure import FOLDERS, PROMISED_STEPS, STEPS, Measuring, server

MANY = 1000
"""From here on the line is short, and one run over it has to do: else lftp needs minutes for each step."""
LINE_RUNS = 3


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publish", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, nargs="+", default=[100, 10_000], help="compressed copies counted")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--server", choices=("shell", "sftp"), nargs="+", default=["shell", "sftp"])
    parser.add_argument("--only", choices=tuple(FOLDERS), nargs="+", default=list(FOLDERS))
    parser.add_argument("--without-line", action="store_true", help="do not measure bytes, turns and the slow line")
    return parser.parse_args()


def line_of(files: int, runs: int) -> tuple[float, int]:
    """The seconds that everything needs in each direction on the line, and the runs over it."""
    return (0.02, min(runs, LINE_RUNS)) if files < MANY else (0.005, 1)


def starting(modules: str) -> float:
    """Seconds from starting Python until these modules are there, the least of five."""
    took = []
    for _ in range(5):
        begun = time.perf_counter()
        tools.run([sys.executable, "-c", f"import {modules}"])
        took.append(time.perf_counter() - begun)
    return min(took)


def report(given: argparse.Namespace, kind: str) -> None:
    """Measure on one kind of server and print its tables."""
    able = [tool for tool in given.only if tool != "rsync" or kind == "shell"]
    chosen = [tool for tool in able if tool not in tools.missing()]
    with server(shell=kind == "shell") as at:
        for files in given.files:
            measuring = Measuring(at, chosen, files)
            found = [measuring.run(number, None) for number in range(given.runs)]
            print(f"\n{files:,} files, {'a shell' if kind == 'shell' else 'SFTP only'}:\n", flush=True)
            print(tables.seconds(found, STEPS, chosen), flush=True)
            if not given.without_line:
                delay, runs = line_of(files, given.runs)
                passed = [measuring.run(number, delay) for number in range(runs)]
                print(f"\nThe same over a line of {delay * 1000:.0f} ms each way, in {runs} runs:\n")
                print(tables.passed(passed, STEPS, chosen), flush=True)
            if "ours" in chosen and kind == "shell":
                looking = Measuring(at, ["ours"], files, at.place.address)
                looked = [looking.run(number, None) for number in range(given.runs)]
                print(f"\nOurs, looking at the site afterwards:\n\n{tables.seconds(looked, PROMISED_STEPS, ['ours'])}")


def main() -> None:
    """Measure and report; the progress goes to the error stream."""
    given = arguments()
    for tool in tools.missing():
        print(f"There is no {tool} here: its columns are left out. Debian has it as {tools.NEEDED[tool]}.")
    before = os.getloadavg()[0]
    print(f"Measured on {date.today()}: {os.cpu_count()} cores, medians (least–most) of {given.runs} runs.")
    starts = [starting(modules) for modules in ("benchmarks.publishing.push, asyncssh", "policy.cli")]
    print(f"Of ours, starting Python takes {starts[0]:.2f} s; of the whole command `policy` {starts[1]:.2f} s.")
    for kind in given.server:
        report(given, kind)
    print(f"\nLoad {before:.1f} before, {os.getloadavg()[0]:.1f} after.")


if __name__ == "__main__":
    main()
