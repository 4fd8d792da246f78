# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lints share: the files of the tree, and a report in TAP."""

import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("src", "data", "po", "tests", "build-aux", ".ci")


def files(*suffixes, below=FOLDERS):
    """The text files below the named folders of the tree, sorted, those with one of SUFFIXES.

    What a fuzzer is fed with is no text, whatever it looks like.
    """
    found = [path for folder in below for path in (ROOT / folder).rglob("*")]
    if below is FOLDERS:
        found += ROOT.iterdir()
    return sorted(path for path in found
                  if path.is_file() and not {"__pycache__", "corpus"} & set(path.parts)
                  and (not suffixes or path.suffix in suffixes)
                  and b"\0" not in path.read_bytes())


def read(path):
    return path.read_text(encoding="utf-8")


def name(path):
    return os.fspath(path.relative_to(ROOT))


class Report:
    """Cases in TAP; each is named by what holds, and failed by a list of what breaks it."""

    def __init__(self):
        self.cases = 0
        self.failed = 0

    def case(self, rule, offenders):
        self.cases += 1
        offenders = list(offenders)
        if offenders:
            self.failed += 1
        print("not ok" if offenders else "ok", self.cases, "-", rule.replace("#", ""))
        for offender in offenders:
            for line in str(offender).splitlines():
                print("#", line)

    def skip(self, rule, why):
        self.cases += 1
        print("ok", self.cases, "-", rule, "# SKIP", why)

    def end(self):
        print(f"1..{self.cases}")
        sys.exit(1 if self.failed else 0)
