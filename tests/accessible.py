# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AT-SPI says about a program: its tree of accessible things.

It is asked over D-Bus without libatspi, which asks for every name and role alone: a program keeps a
list of all that anybody has seen of it, and one call fetches that list as it stands now.
"""

import os
import re

# What is meant for the program must not end this interpreter at somebody else's warning.
os.environ.pop("G_DEBUG", None)

from gi.repository import Gio, GLib  # noqa: E402

CALL_MS = 20000
NOWHERE = "/org/a11y/atspi/null"
ROOT = "/org/a11y/atspi/accessible/root"
CACHE = "/org/a11y/atspi/cache"
PREFIX = "org.a11y.atspi."
IN_WINDOW = 1
# Every so many looks nothing is taken for granted.
LOOKS = 6

# AtspiRole: some things have another role in newer versions of GTK.
BUTTON = frozenset({43, 62, 129})
CHECK = frozenset({7, 130})
ENTRY = frozenset({40, 61, 79})
FRAME = frozenset({16, 23, 69})
LABEL = frozenset({2, 29, 73, 101, 116})
LIST = frozenset({31, 98})
MENU = frozenset({33, 41})
MENU_ITEM = frozenset({35})
NUMBER = frozenset({52})
PANEL = frozenset({20, 39})
RADIO = frozenset({44})
ROW = frozenset({32})
TAB = frozenset({37})

# AtspiStateType
CHECKED = 4
EDITABLE = 7
EXPANDED = 10
FOCUSED = 12
SENSITIVE = 24
# GTK 4.8 uses the first of them, whose name is meant otherwise.
INVALID = (0, 36)

# What an outline tells, by words that are those of no version of GTK.
WORDS = (("button", BUTTON), ("check", CHECK), ("dialog", FRAME), ("entry", ENTRY),
         ("label", LABEL), ("list", LIST), ("number", NUMBER), ("radio", RADIO), ("row", ROW),
         ("tab", TAB))

# What a page of a stack is called: like everything that has no name, by its class.
PAGE = "GtkStackPage"
# What is left out of whatever is heard: nothing, unless a test says otherwise.
UNHEARD = {}
CLASS_NAME = re.compile("^(Gtk|Adw|Tok)[A-Z][A-Za-z]+$")


class Node:
    """Something as it was when it was looked at; where it is, and its text, are asked for anew."""

    def __init__(self, program, item):
        # Its path, program, parent, index, number of children, interfaces, name, role, description
        # and states. Only what is needed is taken out: to unpack all of it is slow.
        get = item.get_child_value
        self.path = get(0).get_child_value(1).get_string()
        self.parent = get(2).get_child_value(1).get_string()
        self.index = get(3).get_int32()
        self.n_children = get(4).get_int32()
        self.name = get(6).get_string().translate(UNHEARD)
        self.role = get(7).get_uint32()
        self.description = get(8).get_string()
        self.states = get(9).get_child_value(0).get_uint32()
        if get(9).n_children() > 1:
            self.states |= get(9).get_child_value(1).get_uint32() << 32
        self.interfaces = get(5)
        self.program = program
        self.children = []

    def __eq__(self, other):
        return isinstance(other, Node) and self.path == other.path

    def __hash__(self):
        return hash(self.path)

    @property
    def is_sensitive(self):
        return self.has_state(SENSITIVE)

    @property
    def is_focused(self):
        return self.has_state(FOCUSED)

    @property
    def is_complete(self):
        return [child.index for child in self.children] == list(range(self.n_children))

    def has_state(self, state):
        return bool(self.states >> state & 1)

    def walk(self):
        """It and everything below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def extents(self):
        """Where it is in its window: x, y, width, height."""
        try:
            return self.program.extents(self.path)
        except GLib.Error:
            # It is nowhere, as the page of a stack, or gone.
            return 0, 0, 0, 0

    @property
    def has_size(self):
        _x, _y, width, height = self.extents
        return width > 0 and height > 0

    @property
    def center(self):
        x, y, width, height = self.extents
        return x + width // 2, y + height // 2

    def _editable(self):
        # Newer versions have the text in the inner part of a row.
        return next(node for node in self.walk() if node.has_state(EDITABLE))

    @property
    def text(self):
        """What stands in an entry."""
        inner = self._editable()
        length = self.program.get_property(inner.path, "Text", "CharacterCount")
        return self.program.call(inner.path, "Text.GetText", "(ii)", 0, length)

    @property
    def all_text(self):
        """What can be read in it, whatever it is called."""
        if not any(name.endswith(".Text") for name in self.interfaces.unpack()):
            return ""
        length = self.program.get_property(self.path, "Text", "CharacterCount")
        return self.program.call(self.path, "Text.GetText", "(ii)", 0, length)

    def insert(self, text):
        """Puts TEXT into an entry, as pasting does."""
        self.program.call(self._editable().path, "EditableText.InsertText", "(isi)", 0, text,
                          len(text))


def spoken(name):
    """NAME as somebody hears it.

    GTK 4.8 tells a name twice that is both that of a box and that of the label beside it.
    """
    if CLASS_NAME.match(name):
        return ""
    first, second = name[:len(name) // 2], name[len(name) // 2 + 1:]
    return second if second and first == second else name


def outline(top, hidden=(), secrets=(), said="", depth=0):
    """What is at and below TOP and has a meaning, as lines of text, with a place for each secret.

    SAID is the name of what it is in: a label that repeats it is left out, as are the HIDDEN.
    """
    if top in hidden or top.role not in FRAME and top.name != PAGE and not top.has_size:
        return []
    word = next((word for word, roles in WORDS if top.role in roles), None)
    name = spoken(top.name)
    lines = []
    if word is not None and not (word == "label" and name in ("", said)):
        lines.append("  " * depth + describe(top, word, name, secrets))
        depth += 1
        said = name
    for child in top.children:
        lines += outline(child, hidden, secrets, said, depth)
    return lines


def describe(node, word, name, secrets):
    """A line about NODE."""
    parts = [f"{word} “{name}”" if name else word]
    if node.has_state(EDITABLE):
        parts.append(f"with “{node.text}”")
    states = (("checked", node.has_state(CHECKED)), ("expanded", node.has_state(EXPANDED)),
              ("focused", node.is_focused), ("invalid", any(map(node.has_state, INVALID))),
              ("off", not node.is_sensitive))
    line = ", ".join(parts + [state for state, has in states if has])
    if node.description and node.description != name:
        line += f": {node.description}"
    for secret in secrets:
        line = line.replace(secret, "(the secret)")
    return re.sub("\n+", " / ", line)


class Program:
    """The accessible side of a running program."""

    def __init__(self, connection, name):
        self.connection = connection
        self.name = name
        self.n_looks = 0

    def call(self, path, method, signature=None, *arguments):
        interface, _, member = method.rpartition(".")
        parameters = GLib.Variant(signature, arguments) if signature else None
        return self._call(path, PREFIX + interface, member, parameters).unpack()[0]

    def get_property(self, path, interface, member):
        parameters = GLib.Variant("(ss)", (PREFIX + interface, member))
        properties = "org.freedesktop.DBus.Properties"
        return self._call(path, properties, "Get", parameters).unpack()[0]

    def _call(self, path, interface, member, parameters):
        return self.connection.call_sync(self.name, path, interface, member, parameters, None, 0,
                                         CALL_MS, None)

    def _child_paths(self, path):
        try:
            return [child for _, child in self.call(path, "Accessible.GetChildren")]
        except GLib.Error:
            # It is gone by now.
            return []

    def _discover(self, path, known, children):
        """Asks for what is below PATH and not KNOWN, which makes the program list it."""
        children[path] = self._child_paths(path)
        for child in children[path]:
            if child not in known:
                known.add(child)
                self._discover(child, known, children)

    def _look_at_list(self):
        items = self._call(CACHE, PREFIX + "Cache", "GetItems", None).get_child_value(0)
        nodes = {}
        for index in range(items.n_children()):
            node = Node(self, items.get_child_value(index))
            nodes[node.path] = node
        for node in sorted(nodes.values(), key=lambda node: node.index):
            if node.parent in nodes:
                nodes[node.parent].children.append(node)
        return nodes

    def look(self, thoroughly=False):
        """The windows of the program as they are now, with everything in them."""
        self.n_looks += 1
        # What has just been shown may have the number of what has been hidden in its stead, which
        # only a question tells.
        thoroughly = thoroughly or self.n_looks % LOOKS == 0
        nodes = self._look_at_list()
        known = set(nodes)
        # Not all that is there is in the list, only what was asked for before, and things that are
        # hidden may be in it twice: where the numbers don't fit, the answer to a question counts.
        children = {}
        for node in nodes.values():
            if not node.is_complete or thoroughly and node.n_children > 0:
                self._discover(node.path, known, children)
        if len(known) > len(nodes):
            nodes = self._look_at_list()
        for node in nodes.values():
            if not node.is_complete:
                paths = children.get(node.path) or self._child_paths(node.path)
                node.children = [nodes[path] for path in paths if path in nodes]
        windows = [path for _, path in self.call(ROOT, "Accessible.GetChildren")]
        return [nodes[path] for path in windows if path in nodes]

    def child_names(self, path):
        """What is directly below the node at PATH: its path and name; less work than a look."""
        return [(child, self.get_property(child, "Accessible", "Name").translate(UNHEARD))
                for _, child in self.call(path, "Accessible.GetChildren")]

    def extents(self, path):
        """Where the node at PATH is in its window: x, y, width, height."""
        return self.call(path, "Component.GetExtents", "(u)", IN_WINDOW)

    def hit(self, path, x, y):
        """The path of what a click at that place of the window at PATH would hit.

        None if that is unknown.
        """
        _, path = self.call(path, "Component.GetAccessibleAtPoint", "(iiu)", x, y,
                            IN_WINDOW)
        return path if path != NOWHERE else None


class Desktop:
    """Every program on the accessibility bus of this session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                    None, None, 0, CALL_MS, None).unpack()[0]
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.registry = Program(self.connection, PREFIX + "Registry")

    def find(self, pid):
        """The program of the process PID, once it is there."""
        for name, _path in self.registry.call(ROOT, "Accessible.GetChildren"):
            owner = self.connection.call_sync(
                "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                GLib.Variant("(s)", (name,)), None, 0, CALL_MS, None).unpack()[0]
            if owner == pid:
                return Program(self.connection, name)
        return None
