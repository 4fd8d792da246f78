#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the test cases of the last `meson test` in a build directory.

Prints `N passed, N failed`, and the skipped ones if there are any; fails if anything failed or
nothing passed. Meson counts programs; a program here holds many cases.
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

FAILED = ("ERROR", "FAIL", "INTERRUPT", "TIMEOUT", "UNEXPECTEDPASS")


def read_cases(path):
    """The cases that each program reported: its name to (passed, failed, skipped)."""
    programs = {}
    for suite in ElementTree.parse(path).getroot().iter("testsuite"):
        _project, separator, program = suite.get("name").partition(".")
        if separator:
            cases = suite.findall("testcase")
            skipped = sum(case.find("skipped") is not None for case in cases)
            failed = sum(case.find("failure") is not None or case.find("error") is not None
                         for case in cases)
            programs[program] = [len(cases) - failed - skipped, failed, skipped]
    return programs


def count(logs):
    cases = read_cases(logs / "testlog.junit.xml")
    total = [0, 0, 0]
    with open(logs / "testlog.json", encoding="utf-8") as file:
        for program in map(json.loads, file):
            result = program["result"]
            passed, failed, skipped = cases.get(program["name"], [0, 0, 0])
            if passed + failed + skipped == 0:
                passed, skipped = result == "OK", result == "SKIP"
            # One that crashed or hung after its last report failed, whatever it reported.
            if result in FAILED and failed == 0:
                failed = 1
            total = [a + b for a, b in zip(total, (passed, failed, skipped))]
    return total


def main():
    logs = pathlib.Path(sys.argv[1], "meson-logs")
    try:
        passed, failed, skipped = count(logs)
    except (OSError, ElementTree.ParseError, ValueError) as error:
        print(f"The tests left no readable log: {error}", file=sys.stderr)
        passed, failed, skipped = 0, 1, 0
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
