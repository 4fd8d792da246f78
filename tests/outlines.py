# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What assistive technology is told, as it is kept in tests/golden/accessible."""

import difflib
import os
import sys

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden", "accessible")
UPDATE = "TOK_UPDATE_GOLDEN"


def take_option(cases, function):
    """With the option --update, the cases of FUNCTION alone are run, and write it anew."""
    if "--update" in sys.argv:
        sys.argv.remove("--update")
        os.environ[UPDATE] = "1"
        cases.cases = {name: case for name, case in cases.cases.items() if case[0] is function}


def compare(name, lines):
    """Compares LINES with what is kept under NAME, or keeps them; returns how they differ."""
    path = os.path.join(FOLDER, name + ".txt")
    if UPDATE in os.environ:
        os.makedirs(FOLDER, exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
        return None
    with open(path, encoding="utf-8") as file:
        kept = file.read().splitlines()
    return "\n".join(difflib.unified_diff(kept, lines, "as it was", "as it is", lineterm=""))
