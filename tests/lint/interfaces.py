#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The .ui files are GtkBuilder's XML, short, and all of them are in the program."""

import os
import re
import shutil
import subprocess

import lint

GRAMMAR = "/usr/share/gtk-4.0/gtk4builder.rng"
LONGEST_INTERFACE = 200


def main():
    report = lint.Report()
    interfaces = lint.files(".ui", below=["src"])

    rule = "GtkBuilder's grammar holds"
    if not shutil.which("xmllint") or not os.path.exists(GRAMMAR):
        report.skip(rule, "there is no xmllint, or no grammar")
    else:
        done = subprocess.run(["xmllint", "--noout", "--relaxng", GRAMMAR, *interfaces],
                              stderr=subprocess.PIPE, check=False, text=True)
        report.case(rule, [done.stderr] if done.returncode else [])

    report.case(f"no interface has {LONGEST_INTERFACE} lines or more",
                (f"{lint.name(path)}: {lint.read(path).count(chr(10))}" for path in interfaces
                 if lint.read(path).count("\n") >= LONGEST_INTERFACE))

    resources = "".join(map(lint.read, lint.files(".xml", below=["src"])))
    inside = set(re.findall(r"<file[^>]*>([^<]+)</file>", resources))
    report.case("every interface, style and icon is in the resources",
                (lint.name(path) for path in lint.files(".ui", ".css", ".svg", below=["src/ui"])
                 if os.fspath(path.relative_to(lint.ROOT / "src/ui")) not in inside))
    report.end()


if __name__ == "__main__":
    main()
