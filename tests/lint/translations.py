#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES lists the files with sentences for people: all of them, and no other."""

import re

import lint

IN_CODE = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2) ?\(\s*(?:\w+,\s*)?"')
IN_INTERFACE = re.compile(r'\btranslatable="(?:yes|true|1)"')


def has_sentences(path):
    if path.suffix in (".c", ".h"):
        return IN_CODE.search(lint.read(path))
    if path.suffix == ".ui":
        return IN_INTERFACE.search(lint.read(path))
    return path.name.endswith((".desktop", ".gschema.xml", ".metainfo.xml"))


def main():
    report = lint.Report()
    listed = [line for line in lint.read(lint.ROOT / "po/POTFILES").splitlines()
              if line and not line.startswith("#")]
    wanted = {lint.name(path) for path in lint.files(below=["src", "data"]) if has_sentences(path)}
    wanted |= {path.name for path in lint.ROOT.glob("*.desktop")}
    report.case("every file with sentences is listed", sorted(wanted - set(listed)))
    report.case("every listed file has sentences", sorted(set(listed) - wanted))
    report.case("the list is sorted, each file in it once",
                (line for line, right in zip(listed, sorted(set(listed))) if line != right))
    report.end()


if __name__ == "__main__":
    main()
