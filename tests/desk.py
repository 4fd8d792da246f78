# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies around Token Manager on somebody's desk: its settings in a file, a program that somebody
else has started, and an ear on the session bus."""

import os
import re
import subprocess
import tempfile

from gi.repository import Gio, GLib

from driver import App, Failed, wait_for

KEYFILE = {"GSETTINGS_BACKEND": "keyfile"}
GROUP = "org/example/TokenManager"
MESSAGE = re.compile("^(?:method call|method return|error|signal) time=", re.MULTILINE)


class Settings:
    """The settings as they are kept."""

    def __init__(self, **values):
        folder = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings")
        os.makedirs(folder, exist_ok=True)
        self.path = os.path.join(folder, "keyfile")
        self.write(**values)

    def write(self, **values):
        """Puts these in the place of all that were there: remember_accounts is remember-accounts."""
        lines = [f"{name.replace('_', '-')}={value.print_(False)}"
                 for name, value in ((name, as_variant(value)) for name, value in values.items())]
        # All at once: the program looks at the file whenever it changes.
        with open(self.path + ".new", "w", encoding="utf-8") as file:
            file.write("\n".join([f"[{GROUP}]", *lines, ""]))
        os.replace(self.path + ".new", self.path)

    def read(self, name):
        """A setting as it is in the file; None where it never was changed."""
        file = GLib.KeyFile()
        try:
            file.load_from_file(self.path, GLib.KeyFileFlags.NONE)
            return GLib.Variant.parse(None, file.get_value(GROUP, name), None, None).unpack()
        except GLib.Error:
            return None

    def wait(self, name, value):
        try:
            wait_for(f"the setting {name} to be {value}", lambda: self.read(name) == value)
        except Failed as failed:
            raise Failed(f"{failed}; it is {self.read(name)}") from None

    def logins(self):
        """Whose accounts are remembered, in their order."""
        return [record[1] for record in self.read("accounts") or []]


def as_variant(value):
    if isinstance(value, GLib.Variant):
        return value
    kinds = {bool: "b", int: "u", str: "s", list: "a(sssbass)", tuple: "(ss)"}
    return GLib.Variant(kinds[type(value)], value)


class StartedApp(App):
    """A program that somebody else has started."""

    def __init__(self, pid, errors):
        self.process = Stranger(pid)
        self.errors = open(errors, encoding="utf-8", errors="replace")
        self.meet()


class Stranger:
    """A process that is nobody's child here, with what a child can be asked."""

    def __init__(self, pid):
        self.pid = pid
        self.returncode = None

    def poll(self):
        try:
            with open(f"/proc/{self.pid}/stat", encoding="utf-8", errors="replace") as file:
                state = file.read().rpartition(")")[2].split()[0]
        except OSError:
            state = "X"
        # How it ended only its parent is told.
        self.returncode = 0 if state in "XZ" else None
        return self.returncode

    def wait(self, seconds=20):
        try:
            wait_for("the program to end", lambda: self.poll() is not None, seconds)
        except Failed:
            raise subprocess.TimeoutExpired("token-manager", seconds) from None
        return self.returncode

    def kill(self):
        os.kill(self.pid, 9)


def find_owner(name):
    """The process that has NAME on the session bus; None if nobody has."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    try:
        return bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus",
                             "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                             GLib.Variant("(s)", (name,)), None, 0, 20000, None).unpack()[0]
    except GLib.Error:
        return None


class Ear:
    """Hears all that is said on the session bus."""

    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        self.file = tempfile.TemporaryFile()
        self.process = subprocess.Popen(["dbus-monitor", "--session"], stdout=self.file,
                                        stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        self.n_marks = 0
        self.hear()

    def _read(self):
        self.file.seek(0)
        return self.file.read().decode("utf-8", "replace")

    def hear(self):
        """Everything that was said until now, message by message."""
        self.n_marks += 1
        mark = f"org.example.Mark{self.n_marks}"

        def ask():
            # Until it listens it may have missed the question.
            self.bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner",
                               GLib.Variant("(s)", (mark,)), None, 0, 20000, None)
            return mark in self._read()

        wait_for("an ear on the bus", ask)
        said = self._read()
        starts = [match.start() for match in MESSAGE.finditer(said)] + [len(said)]
        return [said[start:end] for start, end in zip(starts, starts[1:])]

    def calls(self, pattern):
        """The calls whose head matches PATTERN."""
        return [one for one in self.hear() if one.startswith("method call")
                and re.search(pattern, one.split("\n", 1)[0])]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.file.close()
