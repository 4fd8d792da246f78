# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives Token Manager as a person would, for the tests that run it as a process.

AT-SPI says what is on the screen and where; clicks and keys are those of the X server. To be used
inside tests/headless. Things are found by their name and a set of roles, since newer versions of
GTK give some things other roles.
"""

import argparse
import contextlib
import ctypes
import os
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib

from gi.repository import GLib

from accessible import (
    BUTTON, ENTRY, FRAME, LABEL, LIST, MENU, MENU_ITEM, PAGE, PANEL, ROW, Desktop, outline)

PATIENCE = 20
# Most things are there at once; what takes longer is looked for less often.
LOOK_FIRST = 0.02
LOOK_LAST = 0.25
# Between two key strokes, as a quick typist or a barcode scanner makes them.
TYPING_MS = 4
# Nobody clicks on what has not been there for the time of a double click.
READING_SECONDS = 0.45

# In this time a popover opens if it does.
OPENING_SECONDS = 2

# What the libraries complain about by themselves, whatever the program does.
NOISE = re.compile("|".join((
    # libadwaita 1.2, about the switcher that a window becomes too narrow for.
    r"gtk_widget_size_allocate\(\): attempt to allocate (GtkBox|AdwViewSwitcher) \w+ \S+ "
    r"with width -?\d+ and height -?\d+",
)))

# What the leak sanitizer takes for a leak: GLib's first table of strings, which GLib lets go of at
# the 2,049th, because another thread may still be reading it.
GLIB_TABLE = "SUMMARY: AddressSanitizer: 16384 byte(s) leaked in 1 allocation(s)."

SKIPPED = 77

HEADLESS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "headless")


class Failed(Exception):
    """Something did not go as it should; the text says what was expected."""


class Skipped(Exception):
    """A case cannot be tried here; the text says why."""


def wait_for(what, look, seconds=PATIENCE):
    """Returns the first true value of LOOK; what is not there in time fails by its name, WHAT."""
    deadline = time.monotonic() + seconds
    pause = LOOK_FIRST
    while True:
        try:
            value = look()
        except GLib.Error:
            # It went away while it was being looked at.
            value = None
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failed(f"{what}: not within {seconds} s")
        time.sleep(pause)
        pause = min(pause * 1.5, LOOK_LAST)


def x_input(*words):
    """Real input: the commands of xdotool, in one run."""
    subprocess.run(["xdotool", *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def take_picture(path, area=None):
    """A picture of the screen, or of an area of it: x, y, width, height."""
    crop = ["-crop", "{2}x{3}+{0}+{1}".format(*area), "+repage"] if area else []
    taken = subprocess.run(["import", "-silent", "-window", "root", *crop, "-depth", "8", "ppm:-"],
                           check=True, stdout=subprocess.PIPE).stdout
    # ImageMagick takes several times as long to make a PNG of it.
    _, width, height, _ = taken.split(maxsplit=4)[:4]
    write_png(path, int(width), int(height), taken[-3 * int(width) * int(height):])


def write_png(path, width, height, pixels):
    def chunk(kind, data):
        check = zlib.crc32(kind + data)
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", check)

    lines = (pixels[at:at + 3 * width] for at in range(0, len(pixels), 3 * width))
    data = zlib.compress(b"".join(b"\0" + line for line in lines))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n"
                   + chunk(b"IHDR", struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def geometry(x_id):
    """Where a window of the X server is: x, y, width, height."""
    out = subprocess.run(["xdotool", "getwindowgeometry", "--shell", x_id], check=True,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    values = dict(line.split("=") for line in out.split())
    return tuple(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))


class XServer:
    """What can be said to the X server, or asked of it, for which xdotool has no word."""

    SELECTION_REQUEST = 30
    SELECTION_NOTIFY = 31
    CLIENT_MESSAGE = 33
    ANY_TYPE = 0
    MAX_LENGTH = 1 << 16

    class Notify(ctypes.Structure):
        _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong),
                    ("send_event", ctypes.c_int), ("display", ctypes.c_void_p),
                    ("requestor", ctypes.c_ulong), ("selection", ctypes.c_ulong),
                    ("target", ctypes.c_ulong), ("property", ctypes.c_ulong),
                    ("time", ctypes.c_ulong), ("room", ctypes.c_long * 24)]

    class Message(ctypes.Structure):
        _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong),
                    ("send_event", ctypes.c_int), ("display", ctypes.c_void_p),
                    ("window", ctypes.c_ulong), ("message_type", ctypes.c_ulong),
                    ("format", ctypes.c_int), ("data", ctypes.c_long * 24)]

    def __init__(self):
        self.lib = ctypes.CDLL("libX11.so.6")
        for name in ("XOpenDisplay", "XDefaultRootWindow", "XInternAtom", "XCreateSimpleWindow",
                     "XGetSelectionOwner"):
            getattr(self.lib, name).restype = ctypes.c_ulong
        self.display = ctypes.c_void_p(self.lib.XOpenDisplay(None))
        self.window = ctypes.c_ulong(self.lib.XCreateSimpleWindow(
            self.display, ctypes.c_ulong(self.lib.XDefaultRootWindow(self.display)), 0, 0, 1, 1, 0,
            ctypes.c_ulong(0), ctypes.c_ulong(0)))

    def _atom(self, name):
        return ctypes.c_ulong(self.lib.XInternAtom(self.display, name.encode(), 0))

    def is_owned(self, selection):
        """Whether any program says that it has something for SELECTION."""
        return self.lib.XGetSelectionOwner(self.display, self._atom(selection)) != 0

    def take(self, selection):
        """Says that whoever wants something of SELECTION is to ask here."""
        self.lib.XSetSelectionOwner(self.display, self._atom(selection), self.window,
                                    ctypes.c_ulong(0))
        self.lib.XSync(self.display, 0)

    def is_asked(self):
        """Whether anybody asked for something that was taken."""
        event = self.Message()
        return bool(self.lib.XCheckTypedEvent(self.display, self.SELECTION_REQUEST,
                                              ctypes.byref(event)))

    def read_selection(self, selection, target="UTF8_STRING"):
        """What would be pasted from CLIPBOARD or PRIMARY; None for nothing."""
        where = self._atom("TOK_PASTED")
        self.lib.XConvertSelection(self.display, self._atom(selection), self._atom(target), where,
                                   self.window, ctypes.c_ulong(0))
        notify = self.Notify()
        wait_for(f"an answer about {selection}", lambda: self.lib.XCheckTypedEvent(
            self.display, self.SELECTION_NOTIFY, ctypes.byref(notify)))
        if notify.property == 0:
            return None
        kind, length, left = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_ulong()
        width, data = ctypes.c_int(), ctypes.c_void_p()
        self.lib.XGetWindowProperty(
            self.display, self.window, where, ctypes.c_long(0), ctypes.c_long(self.MAX_LENGTH), 1,
            ctypes.c_ulong(self.ANY_TYPE), ctypes.byref(kind), ctypes.byref(width),
            ctypes.byref(length), ctypes.byref(left), ctypes.byref(data))
        text = ctypes.string_at(data, length.value).decode()
        self.lib.XFree(data)
        return text

    def close_window(self, x_id):
        """Asks for the window to be closed, as a window manager does when its cross is clicked."""
        message = self.Message(
            type=self.CLIENT_MESSAGE, window=int(x_id), format=32,
            message_type=self._atom("WM_PROTOCOLS").value)
        message.data[0] = self._atom("WM_DELETE_WINDOW").value
        self.lib.XSendEvent(self.display, ctypes.c_ulong(int(x_id)), 0, ctypes.c_long(0),
                            ctypes.byref(message))
        self.lib.XSync(self.display, 0)


def matches(pattern, text):
    return text == pattern if isinstance(pattern, str) else bool(pattern.search(text))


class Window:
    """A window of the program: what is in it, and where it is on the screen."""

    def __init__(self, app, frame, x_id):
        self.app = app
        self.path = frame.path
        self.x_id = x_id
        self.boxes = {}

    @property
    def frame(self):
        """What is in it now."""
        frame = next((node for node in self.app.program.look() if node.path == self.path), None)
        if frame is None:
            raise Failed("the window is gone")
        return frame

    @property
    def size(self):
        return self.app.program.extents(self.path)[2:]

    @property
    def is_open(self):
        return any(node.path == self.path for node in self.app.program.look())

    def to_screen(self, x, y):
        # The frame that GTK draws around a window without a window manager is not in the extents,
        # and is as thick on every side.
        left, top, width, _height = geometry(self.x_id)
        border = (width - self.size[0]) // 2
        return left + border + x, top + border + y

    def resize(self, width, height):
        """Makes it so large, not counting the frame."""
        border = geometry(self.x_id)[2] - self.size[0]
        x_input("windowsize", self.x_id, width + border, height + border)
        self.app.wait_for(f"a window of {width} by {height}",
                          lambda: self.size == (width, height))

    def is_showing(self, node, frame):
        """Whether a click on NODE would hit it; None if only things without a meaning would be hit.

        What is on a hidden page has kept its place, and says nothing else that gives it away.
        """
        x, y, width, height = node.extents
        if width <= 0 or height <= 0:
            return False
        left, top, full_width, full_height = frame.extents
        below = {one.path for one in node.walk()}
        # A click goes through what is off, to what it lies on.
        above = () if node.is_sensitive else {
            one.path for one in frame.walk() if node in one.children}
        verdict = None
        for across, down in ((0.5, 0.5), (0.25, 0.5), (0.75, 0.5), (0.5, 0.25), (0.5, 0.75)):
            at_x, at_y = x + int(width * across), y + int(height * down)
            if not (left <= at_x < left + full_width and top <= at_y < top + full_height):
                continue
            path = self.app.program.hit(frame.path, at_x, at_y)
            if path in below or path in above:
                return True
            if path is not None:
                verdict = False
        return verdict

    def find_all(self, name, roles, within=None):
        """What has that name and one of ROLES: first what is showing, then what may be."""
        frame = self.frame
        top = frame if within is None else next((node for node in frame.walk() if node == within),
                                                None)
        perhaps = []
        for node in top.walk() if top is not None else ():
            if node.role in roles and matches(name, node.name):
                showing = self.is_showing(node, frame)
                if showing:
                    yield node
                elif showing is None and node.is_sensitive:
                    # What is off and can't be hit is more likely to be on a hidden page.
                    perhaps.append(node)
        yield from perhaps

    def find(self, name, roles, within=None):
        return next(self.find_all(name, roles, within), None)

    def wait_find(self, name, roles, within=None, seconds=PATIENCE):
        shown = name if isinstance(name, str) else name.pattern
        return self.app.wait_for(f"“{shown}”", lambda: self.find(name, roles, within), seconds)

    def texts(self):
        """What can be read in it now."""
        return [node.name for node in self.find_all(re.compile("."), LABEL)]

    def says(self, pattern):
        """The first text that can be read in it and matches PATTERN."""
        node = self.find(re.compile(pattern), LABEL)
        return node.name if node is not None else None

    def wait_says(self, pattern, seconds=PATIENCE):
        try:
            return self.app.wait_for(f"a text like “{pattern}”", lambda: self.says(pattern),
                                     seconds)
        except Failed as failed:
            raise Failed(f"{failed}; it says: {' | '.join(self.texts())}") from None

    def _child_names(self, title):
        for _ in range(2 if title in self.boxes else 0):
            # A row may go while it is being asked; where the list itself is gone, that helps not.
            with contextlib.suppress(GLib.Error):
                return self.app.program.child_names(self.boxes[title])
        self.boxes = {node.name: node.path for node in self.frame.walk() if node.role in LIST}
        if title not in self.boxes:
            return []
        return self.app.program.child_names(self.boxes[title])

    def list_rows(self, title):
        """What the rows of the list TITLE say, in or out of sight, in their order."""
        return [name for _, name in self._child_names(title)]

    def row_top(self, title, name):
        """How far down the row is that begins with NAME; None where it is not in the list."""
        path = next((path for path, says in self._child_names(title)
                     if says.startswith(name + ",")), None)
        # It may have become another one meanwhile.
        with contextlib.suppress(GLib.Error):
            return self.app.program.extents(path)[1] if path else None

    def find_row(self, title, name):
        """What the row of the list TITLE says that begins with NAME."""
        return next((row for row in self.list_rows(title) if row.startswith(name + ",")), None)

    def wait_row(self, title, name, outcome="", seconds=PATIENCE):
        """Waits until that row says OUTCOME too; returns all that it says."""
        def look():
            row = self.find_row(title, name)
            return row if row is not None and outcome in row else None

        return self.app.wait_for(f"the row “{name}” that says “{outcome}”", look, seconds)

    def click(self, node, after=0):
        """Clicks on NODE, AFTER so many seconds over it."""
        if after:
            x_input("mousemove", *self.to_screen(*node.center), "sleep", after)
        # It may have moved meanwhile.
        x_input("mousemove", *self.to_screen(*node.center), "click", "1")

    def wait_popup(self, name, roles, seconds=PATIENCE):
        """What has opened above it: a menu, or a popover of that name."""
        def look():
            # It is a window of the X server, but not one to AT-SPI: only its size tells.
            node = next((node for node in self.frame.walk() if node.role in roles
                         and matches(name, node.name) and node.has_size), None)
            for x_id in self.app.x_windows() if node else ():
                left, top, width, height = geometry(x_id)
                if x_id != self.x_id and (width, height) == node.extents[2:]:
                    return Popup(self, node, left, top)
            return None

        return self.app.wait_for("an open menu", look, seconds)

    def wait_menu(self):
        return self.wait_popup(re.compile(""), MENU)

    def click_menu_item(self, name):
        self.wait_menu().click(name, MENU_ITEM)

    def find_account_button(self):
        """What opens the switcher, and says whose account is shown."""
        return self.app.wait_for("the account button", lambda: next(
            (node for node in self.frame.walk() if node.role in BUTTON
             and node.description == "Account" and node.has_size), None))

    def open_switcher(self):
        """The list of accounts, opened by a click."""
        self.click(self.find_account_button(), READING_SECONDS)
        try:
            return self.wait_popup("Accounts", PANEL, OPENING_SECONDS)
        except Failed:
            # GTK 4.8 loses a click now and then just after another popover has closed.
            self.click(self.find_account_button(), READING_SECONDS)
            return self.wait_popup("Accounts", PANEL)

    def outline(self, secrets=()):
        """What assistive technology is told about it, as lines; without what is not shown."""
        self.app.program.look(thoroughly=True)
        frame = self.frame
        # The hidden pages of a stack say nothing that gives them away.
        hidden = {node for node in frame.walk() if node.name == PAGE and node.children
                  and not any(self.is_showing(child, frame) for child in node.children)}
        return outline(frame, hidden, secrets)

    def point_at_nothing(self):
        """Moves the pointer off the lists, as somebody who has done what he wanted."""
        x, y = self.to_screen(120, 4)
        x_input("mousemove", x, y)


def set_font(font):
    """Whatever starts after this writes in that font."""
    path = os.path.join(os.environ["XDG_CONFIG_HOME"], "gtk-4.0", "settings.ini")
    with open(path, encoding="utf-8") as file:
        settings = re.sub("(?m)^gtk-font-name=.*", f"gtk-font-name={font}", file.read())
    with open(path, "w", encoding="utf-8") as file:
        file.write(settings)


def program_environment(extra=None):
    """The variables of a program under test."""
    env = dict(os.environ, G_DEBUG="fatal-criticals", GIO_USE_PROXY_RESOLVER="dummy",
               GIO_USE_VFS="local", LC_ALL="C.UTF-8", TZ="UTC")
    # The real thing: the variable would put a stand-in in its place.
    env.pop("GTK_A11Y", None)
    env.update(extra or {})
    return env


class Popup:
    """A menu or a popover: what is in it as it opened, and where it is on the screen."""

    def __init__(self, window, node, left, top):
        self.window = window
        self.node = node
        self.corner = left - node.extents[0], top - node.extents[1]

    def names(self, roles):
        return [node.name for node in self.node.walk() if node.role in roles]

    def click(self, name, roles, after=0):
        """Clicks on what has that name, AFTER so many seconds over it."""
        item = next((node for node in self.node.walk()
                     if node.role in roles and matches(name, node.name)), None)
        if item is None:
            raise Failed(f"there is no “{name}” among {self.names(roles)}")
        x, y = item.center
        x_input("mousemove", self.corner[0] + x, self.corner[1] + y, "sleep", after, "click", "1")


class App:
    """A running Token Manager."""

    def __init__(self, build_dir, *options, env=None):
        self.errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        program = os.path.join(build_dir, "src", "token-manager")
        self.process = subprocess.Popen([program, *options], stdin=subprocess.DEVNULL,
                                        stdout=self.errors, stderr=self.errors,
                                        env=program_environment(env))
        self.meet()

    def meet(self):
        """Waits until it is on the screen."""
        desktop = Desktop()
        self.program = self.wait_for("the program on the accessibility bus",
                                     lambda: desktop.find(self.process.pid))
        self.window = self.wait_for("a window", self.find_window)

    def x_windows(self):
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
            check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return found.stdout.split()

    def find_window(self, known=()):
        """A window that is none of KNOWN."""
        x_ids = [x_id for x_id in self.x_windows() if x_id not in {one.x_id for one in known}]
        paths = {one.path for one in known}
        frames = [node for node in self.program.look()
                  if node.role in FRAME and node.path not in paths and node.has_size]
        for x_id in x_ids:
            # It may have closed meanwhile.
            with contextlib.suppress(subprocess.CalledProcessError):
                # A tip or a menu is a window of the X server, too; but the frame that GTK draws
                # around a window is as thick on every side.
                _x, _y, width, height = geometry(x_id)
                for frame in frames:
                    if 0 <= width - frame.extents[2] == height - frame.extents[3]:
                        return Window(self, frame, x_id)
        return None

    def wait_for(self, what, look, seconds=PATIENCE):
        def look_alive():
            if self.process.poll() is not None:
                raise Failed(f"{what}: the program ended with status {self.process.returncode}; "
                             f"it said: {self.read_errors()}")
            return look()

        return wait_for(what, look_alive, seconds)

    def read_errors(self):
        self.errors.seek(0)
        return self.errors.read().strip()

    def complaints(self):
        """What it wrote, without what it cannot help."""
        return [line for line in self.read_errors().splitlines()
                if line and not NOISE.search(line)]

    def check_alive(self):
        if self.process.poll() is not None:
            raise Failed(f"the program ended with status {self.process.returncode}; "
                         f"it said: {self.read_errors()}")

    def key(self, *keys):
        x_input("key", *keys)

    def type(self, text):
        x_input("type", "--delay", TYPING_MS, "--", text)

    def sign_in(self, token):
        """Types TOKEN on the first page, and Return."""
        entry = self.window.wait_find("API Token", ENTRY | ROW)
        self.window.click(entry)
        self.type(token)
        self.wait_for("the token that was typed", lambda: len(entry.text or "") == len(token))
        self.key("Return")

    def quit(self):
        """Ends it as people do, and checks that it ended well and complained about nothing."""
        if self.process.poll() is None:
            self.key("ctrl+q")
        self.wait_for_end()

    def wait_for_end(self):
        """Checks that it ends well, and complained about nothing."""
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failed(f"the program still runs {PATIENCE} s after it was closed") from None
        if status != 0 and GLIB_TABLE not in self.read_errors():
            raise Failed(f"the program ended with status {status}: {self.read_errors()}")
        if status == 0 and self.complaints():
            raise Failed("the program complained: " + " | ".join(self.complaints()))

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self._quit_or_picture()
            else:
                self._keep_picture()
        finally:
            self.kill()

    def _quit_or_picture(self):
        try:
            self.quit()
        except Failed:
            self._keep_picture()
            raise

    def _keep_picture(self):
        # For whoever wonders why a test failed.
        if "TOK_PICTURES" in os.environ:
            take_picture(os.path.join(os.environ["TOK_PICTURES"], f"{self.process.pid}.png"))


class Demo:
    """A running token-manager-demo."""

    def __init__(self, build_dir, *options):
        program = os.path.join(build_dir, "src", "demo", "token-manager-demo")
        env = dict(os.environ, G_DEBUG="fatal-warnings")
        self.process = subprocess.Popen([program, *options], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, env=env)
        said = self._read_lines(2)
        found = re.fullmatch(r"url (ws://127\.0\.0\.1:(\d+)/\S+)\ntoken (\S+)\n", said)
        if found is None:
            raise Failed(f"token-manager-demo printed “{said}” in place of its address and token")
        self.url = found.group(1)
        self.port = int(found.group(2))
        self.token = found.group(3)

    def _read_lines(self, n_lines):
        said = b""
        deadline = time.monotonic() + PATIENCE
        while said.count(b"\n") < n_lines:
            left = max(0, deadline - time.monotonic())
            if not select.select([self.process.stdout], [], [], left)[0]:
                raise Failed(f"token-manager-demo was not ready within {PATIENCE} s")
            piece = os.read(self.process.stdout.fileno(), 4096)
            if not piece:
                raise Failed("token-manager-demo ended before it was ready")
            said += piece
        return said.decode()

    def kill(self):
        """The service dies in the middle of whatever it does."""
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process.stdout.close()


class Cases:
    """Cases of a test program, each a process on a screen of its own, several at once.

    A case is a function that fails by an exception; or a generator of the names of smaller cases
    and of why they failed, None where they passed. Without an argument that names a case, the
    program runs itself once a case, and prints TAP.

    Where many programs share few processors, real clicks and keys come late or in one heap, as no
    hand makes them. So a case that failed gets a second chance, alone, after all others; what it
    said the first time is told, too.
    """

    def __init__(self, size="1280x800", at_once=4):
        self.size = size
        self.at_once = at_once
        self.cases = {}
        self.n_done = 0
        self.n_failed = 0

    def add(self, name, function, *arguments):
        self.cases[name] = (function, arguments)

    def _run_one(self, build_dir, name):
        function, arguments = self.cases[name]
        try:
            for part, why in function(build_dir, *arguments) or ():
                print(f"{'not ok' if why else 'ok'} - {name}: {part}")
                if why:
                    print(why)
        except Skipped as skipped:
            print(skipped)
            return SKIPPED
        except (Failed, AssertionError, GLib.Error) as failed:
            print(failed)
            return 1
        return 0

    def _start(self, build_dir, name):
        command = [HEADLESS, "--size", self.size, "--", "/usr/bin/python3",
                   os.path.abspath(sys.argv[0]), "--build-dir", build_dir, "--case", name]
        out = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out,
                                stderr=subprocess.STDOUT), out

    def _report(self, passed, name):
        self.n_done += 1
        self.n_failed += not passed
        print(f"{'ok' if passed else 'not ok'} {self.n_done} - {name}")

    @staticmethod
    def _has_failed(status, said):
        return status not in (0, SKIPPED) or any(line.startswith("not ok - ") for line in said)

    def _report_case(self, name, status, said):
        parts = [line for line in said if line.startswith(("ok - ", "not ok - "))]
        if status == SKIPPED:
            self._report(True, f"{name} # SKIP")
        elif status != 0 or not parts:
            self._report(status == 0, name)
        for line in said:
            if line in parts:
                verdict, part = line.split(" - ", 1)
                self._report(verdict == "ok", part)
            else:
                print(f"# {line}")
        sys.stdout.flush()

    def _run_some(self, build_dir, names, at_once):
        """Runs them, AT_ONCE at a time; gives of each how it ended, and what it said."""
        todo = list(names)
        running = {}
        while todo or running:
            while todo and len(running) < at_once:
                process, out = self._start(build_dir, todo[0])
                running[process.pid] = (todo.pop(0), process, out)
            pid, status = os.waitpid(-1, 0)
            name, process, out = running.pop(pid)
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            yield name, process.returncode, out.read().splitlines()

    def _run_all(self, build_dir, names):
        again = []
        for name, status, said in self._run_some(build_dir, names, self.at_once):
            if self._has_failed(status, said):
                again.append(name)
                print(f"# {name} failed, and is tried again alone:")
                for line in said:
                    print(f"#   {line}")
            else:
                self._report_case(name, status, said)
        for name, status, said in self._run_some(build_dir, again, 1):
            self._report_case(name, status, said)
        print(f"1..{self.n_done}")
        return 1 if self.n_failed else 0

    def main(self):
        parser = argparse.ArgumentParser()
        parser.add_argument("--build-dir", required=True, help="where the program was built")
        parser.add_argument("--case", help="run this case here, inside tests/headless")
        parser.add_argument("--only", default="", help="run the cases that match this expression")
        options = parser.parse_args()
        build_dir = os.path.abspath(options.build_dir)
        if options.case:
            return self._run_one(build_dir, options.case)
        return self._run_all(build_dir, [name for name in self.cases
                                         if re.search(options.only, name)])
