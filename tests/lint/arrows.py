#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each room sees the rooms to its left and its own libraries, and nothing else.

Takes the command that compiles a file of a room and lets it compile, in place of that file, one
that includes a header: one that the room may see must compile, any other must not.
"""

import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

import lint

ROOMS = {
    "model": (),
    "service": ("model",),
    "session": ("model", "service"),
    "demo": ("model",),
    "ui": ("model", "session"),
    "main": ("model", "service", "session", "demo", "ui"),
}

# The rest of the sample service is its own affair: its headers name the library of its JSON.
DOORS = {"demo": ["tok-demo-server.h"]}

LIBRARIES = {
    "gio/gio.h": ("model", "service", "session", "demo", "ui", "main"),
    "libsoup/soup.h": ("service", "demo"),
    "json-glib/json-glib.h": ("service", "demo"),
    "libsecret/secret.h": ("service",),
    "gtk/gtk.h": ("ui", "main"),
    "adwaita.h": ("ui", "main"),
}


def read_commands(build):
    """The compiler's command of one file of each room, without that file: (folder, words)."""
    commands = {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        source = pathlib.Path(entry["directory"], entry["file"]).resolve()
        if not source.is_relative_to(lint.ROOT / "src"):
            continue
        parts = source.relative_to(lint.ROOT / "src").parts
        if parts[1:] == ("main.c",):
            continue                    # the executable of the sample service is no room
        room = parts[0].removesuffix(".c")
        words = []
        left = iter(shlex.split(entry["command"]))
        for word in left:
            if word in ("-o", "-MF", "-MQ", "-MT"):
                next(left)
            elif word not in ("-c", "-MD", entry["file"]):
                words.append(word)
        commands.setdefault(room, (entry["directory"], words))
    return commands


def compile_probe(command, scratch, text):
    """Whether TEXT compiles in the place of a file of the room, and what the compiler said."""
    folder, words = command
    with tempfile.NamedTemporaryFile("w", suffix=".c", dir=scratch, encoding="utf-8") as probe:
        probe.write(text)
        probe.flush()
        done = subprocess.run([*words, "-fdiagnostics-color=never", "-fsyntax-only", probe.name],
                              cwd=folder, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode == 0, done.stdout


def includes(headers):
    return "".join(f"#include {header}\n" for header in headers) + "int probe;\n"


def refuse(headers):
    """What compiles only if none of HEADERS is found; one compiler for all of them."""
    return "".join(f"#if __has_include ({header})\n#error {header} is found\n#endif\n"
                   for header in headers) + "int probe;\n"


def check(command, scratch, rule, headers, allowed):
    """One case: all of HEADERS together compile, or none of them is found."""
    compiles, output = compile_probe(command, scratch,
                                     includes(headers) if allowed else refuse(headers))
    return rule, [] if compiles else [output]


def plan():
    """What is to be checked: (room, rule, headers, allowed)."""
    headers = {room: [path.name for path in lint.files(".h", below=[f"src/{room}"])]
               for room in ROOMS if room != "main"}
    for room, seen in ROOMS.items():
        for other, its_headers in headers.items():
            if other == room:
                continue
            allowed = other in seen
            if allowed:
                its_headers = DOORS.get(other) or [header for header in its_headers
                                                   if not header.endswith("-private.h")]
            spelled = [f'"{header}"' for header in its_headers]
            if not allowed:
                spelled += [f'"{other}/{its_headers[0]}"', f'"src/{other}/{its_headers[0]}"']
            yield room, f"{room} {'sees' if allowed else 'does not see'} {other}", spelled, allowed
        for header, users in LIBRARIES.items():
            allowed = room in users
            yield (room, f"{room} {'sees' if allowed else 'does not see'} {header}",
                   [f"<{header}>"], allowed)


def main():
    report = lint.Report()
    commands = read_commands(pathlib.Path(sys.argv[1]))
    report.case("every room is compiled", sorted(set(ROOMS) - set(commands)))
    with tempfile.TemporaryDirectory() as scratch, \
         concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for rule, offenders in pool.map(
                lambda case: check(commands[case[0]], scratch, *case[1:]),
                [case for case in plan() if case[0] in commands]):
            report.case(rule, offenders)
    report.end()


if __name__ == "__main__":
    main()
