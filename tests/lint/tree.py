#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The top of the tree holds what belongs there, and the scripts can be read by their shells."""

import ast
import fnmatch
import os
import shutil
import subprocess

import lint

TOP = ("src", "data", "po", "tests", "build-aux", "meson.build", "meson_options.txt", "README.md",
       "CONTRIBUTING.md", "LICENSE", "org.example.TokenManager.desktop", "_build*", ".*")


def syntax_fault(path):
    """What the interpreter of a script has against it."""
    first = lint.read(path).partition("\n")[0]
    if path.suffix == ".py" or "python" in first:
        try:
            ast.parse(lint.read(path), lint.name(path))
        except SyntaxError as error:
            return f"{lint.name(path)}: {error}"
        return None
    shell = "bash" if "bash" in first else "sh"
    done = subprocess.run([shell, "-n", path], stderr=subprocess.PIPE, check=False, text=True)
    if done.returncode == 0 and shell == "sh" and shutil.which("bash"):
        done = subprocess.run(["bash", "-n", path], stderr=subprocess.PIPE, check=False, text=True)
    return done.stderr if done.returncode else None


def main():
    report = lint.Report()
    report.case("the top holds only what it may",
                (path.name for path in lint.ROOT.iterdir()
                 if not any(fnmatch.fnmatchcase(path.name, pattern) for pattern in TOP)))
    scripts = [path for path in lint.files()
               if path.suffix in (".sh", ".py") or lint.read(path).startswith("#!")]
    report.case("every script can be read", filter(None, map(syntax_fault, scripts)))
    report.case("what begins with an interpreter can be executed, and nothing else",
                (lint.name(path) for path in scripts
                 if lint.read(path).startswith("#!") != os.access(path, os.X_OK)))
    report.case("Python is the system's, which has the modules",
                (lint.name(path) for path in scripts
                 if "python" in lint.read(path).partition("\n")[0]
                 and not lint.read(path).startswith("#!/usr/bin/python3\n")))
    report.end()


if __name__ == "__main__":
    main()
