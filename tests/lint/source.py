#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The house rules that can be read off the text of the sources."""

import re

import lint

SOURCES = (".c", ".h", ".py", ".sh", ".ui", ".xml", ".css", ".svg", ".build", ".desktop")
LONGEST_SOURCE = 800
PLATE = ("SPDX-FileCopyrightText: Token Manager contributors", "SPDX-License-Identifier: ")

# A pattern that src may not hold, the files it may stand in all the same, and why.
FORBIDDEN = (
    (r"\bg_object_set_data", (), "no struct made of g_object_set_data"),
    (r"_sync \(", (), "no call that blocks"),
    (r"\bSOUP_TYPE_LOGGER\b|\bsoup_logger_new\b", (), "no log of what goes over the wire"),
    (r"\b(GLIB|GTK|ADW|SOUP|JSON|SECRET)_CHECK_VERSION\b", ("tok-compat.c",),
     "checks of a library's version stand in tok-compat.c alone"),
)

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)


def lines_that_match(pattern, paths):
    for path in paths:
        for number, line in enumerate(lint.read(path).splitlines(), 1):
            if re.search(pattern, line):
                yield f"{lint.name(path)}:{number}: {line.strip()}"


def has_plate(path):
    return all(line in lint.read(path)[:400] for line in PLATE)


def is_script(path):
    return lint.read(path).startswith("#!")


def include_faults(path):
    """Own header, then the tree's own, then the system's; a header may begin with the system's."""
    own = path.with_suffix(".h").name
    includes = INCLUDE.findall(lint.read(path))
    quoted = [header for mark, header in includes if mark == '"']
    marks = "".join(mark for mark, _header in includes)
    if path.suffix == ".c" and own in quoted and includes[0] != ('"', own):
        yield f"{lint.name(path)}: {own} comes first"
    if path.suffix == ".c" and '<"' in marks:
        yield f"{lint.name(path)}: an include of the tree stands after one of the system"
    for header in quoted:
        if "../" in header:
            yield f"{lint.name(path)}: {header} leaves its folder"
        if (path.is_relative_to(lint.ROOT / "src") and header.endswith("-private.h")
                and not (path.parent / header).exists()):
            yield f"{lint.name(path)}: {header} is private to another room"


def main():
    report = lint.Report()
    everything = lint.files()
    code = lint.files(".c", ".h")
    product = lint.files(".c", ".h", below=["src"])

    report.case("every text file ends in a newline",
                (lint.name(path) for path in everything
                 if lint.read(path) and not lint.read(path).endswith("\n")))
    report.case("no blanks at the end of a line, no carriage return",
                lines_that_match(r"[ \t\r]$", (path for path in code + lint.files(
                    ".py", ".sh", ".ui", ".css", ".build"))))
    report.case("every source names its authors and its licence",
                (lint.name(path) for path in everything
                 if (path.suffix in SOURCES or is_script(path)) and not has_plate(path)))
    report.case("nothing is left to do",
                lines_that_match(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b", everything))
    report.case(f"no source has more than {LONGEST_SOURCE} lines",
                (f"{lint.name(path)}: {lint.read(path).count(chr(10))}" for path in code
                 if lint.read(path).count("\n") > LONGEST_SOURCE))
    report.case("every header is guarded by a pragma",
                (lint.name(path) for path in lint.files(".h")
                 if "\n#pragma once\n" not in lint.read(path)))
    report.case("includes: own header, the tree's, the system's",
                (fault for path in code for fault in include_faults(path)))
    for pattern, exempt, rule in FORBIDDEN:
        report.case(rule, lines_that_match(
            pattern, (path for path in product if path.name not in exempt)))
    report.end()


if __name__ == "__main__":
    main()
