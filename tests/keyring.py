# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real keyring on the session bus, and another client of it, which shares nothing with the
program: it speaks the Secret Service API over D-Bus."""

import ctypes
import signal
import subprocess

from gi.repository import Gio, GLib

from driver import PATIENCE, Failed, wait_for

SERVICE = "org.freedesktop.secrets"
ROOT = "/org/freedesktop/secrets"
PREFIX = "org.freedesktop.Secret."
COLLECTION = ROOT + "/collection/login"
SCHEMA = "org.example.TokenManager"
PASSWORD = "to unlock"
CALL_MS = 20000
PR_SET_PDEATHSIG = 1


class Keyring:
    """gnome-keyring-daemon, with one keyring that has a password."""

    def __init__(self, locked=False):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        self.start(locked)

    def start(self, locked=False):
        """Starts it; a keyring that is there from before is locked if LOCKED."""
        libc = ctypes.CDLL(None)
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        self.process = subprocess.Popen(
            command if locked else command + ["--unlock"], stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM))
        self.process.stdin.write(PASSWORD.encode())
        self.process.stdin.close()
        self.session = wait_for("the keyring", self._open_session)
        wait_for("its collection", lambda: self.is_locked() == locked)

    def _open_session(self):
        # Everything on this bus is this user's: that nobody listens in is not what is tested here.
        _output, session = self.call(ROOT, "Service.OpenSession", "(sv)", "plain",
                                     GLib.Variant("s", ""))
        return session

    def call(self, path, method, signature=None, *arguments):
        interface, _, member = method.rpartition(".")
        parameters = GLib.Variant(signature, arguments) if signature else None
        # It is never started by a question for it.
        return self.bus.call_sync(SERVICE, path, PREFIX + interface, member, parameters, None,
                                  Gio.DBusCallFlags.NO_AUTO_START, CALL_MS, None).unpack()

    def get(self, path, interface, name):
        return self.bus.call_sync(
            SERVICE, path, "org.freedesktop.DBus.Properties", "Get",
            GLib.Variant("(ss)", (PREFIX + interface, name)), None,
            Gio.DBusCallFlags.NO_AUTO_START, CALL_MS, None).unpack()[0]

    def is_locked(self):
        return self.get(COLLECTION, "Collection", "Locked")

    def items(self, **attributes):
        """The paths of what the program keeps, and of nothing else."""
        wanted = {"xdg:schema": SCHEMA, **attributes}
        unlocked, locked = self.call(ROOT, "Service.SearchItems", "(a{ss})", wanted)
        return unlocked + locked

    def attributes(self, path):
        return self.get(path, "Item", "Attributes")

    def secrets(self):
        """What the program keeps, by the login id that it is for."""
        found = {}
        for path in self.items():
            (_session, _parameters, value, _type), = self.call(path, "Item.GetSecret", "(o)",
                                                               self.session)
            found.setdefault(self.attributes(path)["login-id"], []).append(bytes(value).decode())
        return found

    def add(self, service, login_id, secret, kind="sign-in", **attributes):
        """Keeps a secret as the program does, beside what is there."""
        properties = {
            PREFIX + "Item.Label": GLib.Variant("s", f"Token Manager: {login_id}"),
            PREFIX + "Item.Attributes": GLib.Variant("a{ss}", {
                "xdg:schema": SCHEMA, "service": service, "login-id": login_id, "kind": kind,
                **attributes}),
        }
        value = (self.session, b"", secret.encode(), "text/plain")
        item, _prompt = self.call(COLLECTION, "Collection.CreateItem", "(a{sv}(oayays)b)",
                                  properties, value, False)
        return item

    def delete(self, login_id):
        for path in self.items(**{"login-id": login_id}):
            self.call(path, "Item.Delete")

    def lock(self):
        self.call(ROOT, "Service.Lock", "(ao)", [COLLECTION])
        wait_for("the keyring to be locked", self.is_locked)

    def unlock(self):
        """Unlocks it as signing in to the desktop does."""
        secret = (self.session, b"", PASSWORD.encode(), "text/plain")
        self.bus.call_sync(
            SERVICE, ROOT, "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
            "UnlockWithMasterPassword", GLib.Variant("(o(oayays))", (COLLECTION, secret)), None,
            Gio.DBusCallFlags.NO_AUTO_START, CALL_MS, None)
        wait_for("the keyring to be unlocked", lambda: not self.is_locked())

    def kill(self):
        """It dies in the middle of whatever it does."""
        self.process.kill()
        self.process.wait()
        wait_for("the bus to notice", lambda: not has_owner(self.bus, SERVICE))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise Failed("the keyring does not end") from None


def has_owner(bus, name):
    return bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                         "NameHasOwner", GLib.Variant("(s)", (name,)), None, 0, CALL_MS,
                         None).unpack()[0]
