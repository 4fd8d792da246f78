#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed beside the program is what desktops and software centres accept."""

import json
import pathlib
import shutil
import subprocess
import sys

import lint

APPLICATION = "org.example.TokenManager"


def run(report, rule, command, accepted=None):
    """One case: the command succeeds, or has nothing to say but one warning that is accepted."""
    if not shutil.which(command[0]):
        report.skip(rule, f"there is no {command[0]}")
        return
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                          text=True)
    faults = [line for line in done.stdout.splitlines() if line.startswith(("E:", "W:"))]
    fine = done.returncode == 0 or (accepted and len(faults) == 1 and accepted in faults[0])
    report.case(rule, [] if fine else [done.stdout or done.returncode])


def main():
    report = lint.Report()
    data = pathlib.Path(sys.argv[1])
    run(report, "the desktop entry is valid",
        ["desktop-file-validate", data / f"{APPLICATION}.desktop"])
    # There is no home page yet; newer versions warn of it.
    run(report, "the metainfo is valid",
        ["appstreamcli", "validate", "--no-net", data / f"{APPLICATION}.metainfo.xml"],
        "url-homepage-missing")
    for icon in (f"scalable/apps/{APPLICATION}.svg", f"symbolic/apps/{APPLICATION}-symbolic.svg"):
        run(report, f"the icon {icon} is XML",
            ["xmllint", "--noout", lint.ROOT / "data/icons/hicolor" / icon])
    try:
        manifest = json.loads(lint.read(lint.ROOT / f"build-aux/{APPLICATION}.json"))
        report.case("the Flatpak manifest is of this program",
                    [] if manifest["id"] == APPLICATION else [manifest["id"]])
    except ValueError as error:
        report.case("the Flatpak manifest is JSON", [error])
    report.end()


if __name__ == "__main__":
    main()
