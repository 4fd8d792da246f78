#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form of the C code is what clang-format 14 makes of it; other versions differ."""

import re
import shutil
import subprocess

import lint


def find_clang_format():
    for candidate in filter(None, map(shutil.which, ("clang-format-14", "clang-format"))):
        said = subprocess.run([candidate, "--version"], stdout=subprocess.PIPE, check=False,
                              text=True).stdout
        if re.search(r"version 14\.", said):
            return candidate
    return None


def main():
    report = lint.Report()
    rule = "the code has the form that .clang-format gives it"
    tool = find_clang_format()
    if tool is None:
        report.skip(rule, "there is no clang-format 14")
    else:
        done = subprocess.run([tool, "--dry-run", "-Werror", *lint.files(".c", ".h")],
                              stderr=subprocess.PIPE, check=False, text=True)
        offenders = re.findall(r"^\S+?:\d+:\d+: error:.*$", done.stderr, re.MULTILINE)
        report.case(rule, offenders or ([done.stderr] if done.returncode else []))
    report.end()


if __name__ == "__main__":
    main()
