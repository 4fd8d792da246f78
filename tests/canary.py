# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where secrets may not be: what the program writes, is told of, and tells others."""

import contextlib
import os
import re
import subprocess

from gi.repository import GLib

from accessible import EDITABLE
from driver import App, Failed


class LoudApp(App):
    """A program that writes whatever there is to write."""

    def __init__(self, build_dir, *options, env=None):
        super().__init__(build_dir, *options, env={"G_MESSAGES_DEBUG": "all", **(env or {})})

    def complaints(self):
        return [line for line in super().complaints() if re.search("WARNING|CRITICAL", line)]


def read_home():
    """All that is written below the directories of this run, by path."""
    roots = {os.environ[name] for name in os.environ
             if name in ("HOME", "TMPDIR") or re.fullmatch("XDG_(.*)_(HOME|DIR)", name)}
    found = {}
    for root in roots:
        for folder, _folders, files in os.walk(root):
            for name in files:
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        found[path] = file.read()
    return found


def read_process(app):
    """How the program was started, and what its windows are called."""
    started = b""
    for name in ("cmdline", "environ"):
        with open(f"/proc/{app.process.pid}/{name}", "rb") as file:
            started += file.read()
    names = [subprocess.run(["xdotool", "getwindowname", x_id], check=False,
                            stdout=subprocess.PIPE).stdout for x_id in app.x_windows()]
    if not any(b"Token" in name for name in names):
        raise Failed(f"the windows are called {names}")
    return b"".join([started, *names])


def read_accessible(app):
    """All that assistive technology is told, but for what stands in a field to type in."""
    said = []
    for frame in app.program.look():
        for node in frame.walk():
            said += [node.name, node.description]
            # It may be gone by now.
            with contextlib.suppress(GLib.Error):
                if not node.has_state(EDITABLE):
                    said.append(node.all_text)
    return "\n".join(said).encode()
