#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast Token Manager starts and how much memory it takes, beside an empty window.

Single numbers depend on the machine and on its mood. So every measure is a ratio to an empty
window that was started just before or just after, in alternating order, and what is printed is
the median of these ratios; the medians in milliseconds and MiB are there to have an idea.

first-frame     from exec to the first painted frame, of the program as it starts with --service
rows            from exec to the first painted frame with a row in it, the service being another
                process; the token goes into the field as soon as the page for it was painted, so
                the time that a person needs for it is not in the figure, but all else is
rows-demo       the same for --demo, where the service is in the process and signs in by itself
pss             the memory that the process has to itself, and its share of what it has with
                others, half a second after its last frame of the above

Instructions up to the first frame hardly depend on the mood of the machine: this is the figure to
compare between two commits.

Takes the build directory. One `name value unit` a line.
"""

import os
import pathlib
import re
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

PAIRS = 15
DEADLINE_SECONDS = 60
SETTLE_SECONDS = 0.5
TOKEN = "BenchSample1234"


class Bench:
    def __init__(self, build):
        self.probe = build / "tests/bench-probe.so"
        self.empty = [build / "tests/bench-empty"]
        self.program = build / "src/token-manager"
        self.service = subprocess.Popen(
            [build / "src/demo/token-manager-demo", "--port=0", f"--token={TOKEN}", "--no-limits"],
            stdout=subprocess.PIPE, text=True)
        name, self.url = self.service.stdout.readline().split()
        assert name == "url", name

    def close(self):
        self.service.terminate()
        self.service.wait()

    def run(self, command, last, **variables):
        """Starts a program; returns the milliseconds of its events up to LAST, and MiB of PSS."""
        read_end, write_end = os.pipe()
        os.set_inheritable(write_end, True)
        environment = {**os.environ, "LD_PRELOAD": os.fspath(self.probe),
                       "BENCH_FD": str(write_end), **variables}
        command = [os.fspath(word) for word in command]
        start = time.monotonic_ns()
        pid = os.posix_spawn(command[0], command, environment)
        os.close(write_end)

        events = {}
        with os.fdopen(read_end, encoding="utf-8") as reader:
            deadline = time.monotonic() + DEADLINE_SECONDS
            while last not in events:
                if not select.select([reader], [], [], max(0, deadline - time.monotonic()))[0]:
                    os.kill(pid, signal.SIGKILL)
                    sys.exit(f"{command}: no {last} after {DEADLINE_SECONDS} s, only {events}")
                line = reader.readline()
                if not line:
                    sys.exit(f"{command}: ended before {last}")
                name, moment = line.split()
                events[name] = (int(moment) - start) / 1e6

            time.sleep(SETTLE_SECONDS)
            rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
            events["pss"] = int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)[1]) / 1024
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
        return events

    def run_empty(self):
        return self.run(self.empty, "first-frame")

    def run_service(self):
        return self.run([self.program, f"--service={self.url}"], "rows", BENCH_TOKEN=TOKEN)

    def run_demo(self):
        return self.run([self.program, "--demo"], "rows")

    def count_instructions(self, command):
        """Millions of instructions up to the first frame."""
        with tempfile.TemporaryFile() as report:
            environment = {**os.environ, "LD_PRELOAD": os.fspath(self.probe),
                           "BENCH_FD": str(report.fileno()), "BENCH_UNTIL": "first-frame"}
            done = subprocess.run(
                ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
                env=environment, pass_fds=[report.fileno()], stderr=subprocess.PIPE, check=True,
                text=True, timeout=2 * DEADLINE_SECONDS)
            report.seek(0)
            if not report.read().startswith(b"first-frame"):
                sys.exit(f"{command}: ended without a frame under valgrind")
        return int(re.search(r"Collected : (\d+)", done.stderr)[1]) / 1e6


def warn_of_company():
    """Other programs share the toolkit's memory, and so make the figures of pss smaller."""
    for maps in pathlib.Path("/proc").glob("[0-9]*/maps"):
        try:
            if "libgtk-4" in maps.read_text(encoding="utf-8", errors="replace"):
                print(f"another program with GTK is running ({maps.parent.name}): pss will be low",
                      file=sys.stderr)
                return
        except OSError:
            pass


def say(name, value, unit):
    print(f"{name} {value:.2f} {unit}", flush=True)


def say_beside_empty(name, values, empties, unit):
    say(name, statistics.median(values), unit)
    say(f"{name}-ratio", statistics.median(a / b for a, b in zip(values, empties)), "x")


def main():
    warn_of_company()
    bench = Bench(pathlib.Path(sys.argv[1]))
    try:
        runs = {bench.run_empty: [], bench.run_service: [], bench.run_demo: []}
        for run in runs:
            run()                       # reads the files into the cache
        for number in range(PAIRS):
            for run in list(runs) if number % 2 else reversed(runs):
                runs[run].append(run())

        def column(run, event):
            return [events[event] for events in runs[run]]

        floor = column(bench.run_empty, "first-frame")
        say("empty-first-frame", statistics.median(floor), "ms")
        say("empty-pss", statistics.median(column(bench.run_empty, "pss")), "MiB")
        say_beside_empty("first-frame", column(bench.run_service, "first-frame"), floor, "ms")
        say_beside_empty("rows", column(bench.run_service, "rows"), floor, "ms")
        say_beside_empty("rows-demo", column(bench.run_demo, "rows"), floor, "ms")
        say_beside_empty("pss", column(bench.run_service, "pss"), column(bench.run_empty, "pss"),
                         "MiB")

        if shutil.which("valgrind"):
            floor = bench.count_instructions(bench.empty)
            say("empty-instructions", floor, "million")
            say_beside_empty("instructions", [bench.count_instructions(
                [bench.program, f"--service={bench.url}"])], [floor], "million")
        else:
            print("there is no valgrind: instructions are not counted", file=sys.stderr)
    finally:
        bench.close()


if __name__ == "__main__":
    main()
