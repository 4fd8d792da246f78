#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every function that a header of src declares has a comment that says what it does."""

import re

import lint

PROTOTYPE = re.compile(r"^(?!static\b|typedef\b|return\b|G_DECLARE)\w[\w \t\n*]*?\b(tok_\w+) ?\(",
                       re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What a line of a macro or of an inline body may look like is no declaration.
MACRO = re.compile(r"^#(?:.*\\\n)*.*$", re.MULTILINE)


def main():
    report = lint.Report()
    for room in ("model", "service", "session", "demo", "ui"):
        sources = lint.files(".c", ".h", below=[f"src/{room}"])
        documented = {function for path in sources
                      for function in re.findall(r"/\*\*\s+\* (tok_\w+):", lint.read(path))}
        offenders = []
        for path in sources:
            if path.suffix != ".h":
                continue
            text = MACRO.sub("", COMMENT.sub("", lint.read(path)))
            for function in PROTOTYPE.findall(text):
                if function not in documented and not function.endswith("_get_type"):
                    offenders.append(f"{lint.name(path)}: {function}")
        report.case(f"every public function of {room} is documented", offenders)
    report.end()


if __name__ == "__main__":
    main()
