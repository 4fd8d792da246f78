# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does with the windows of Token Manager, step by step, and looks for in them."""

import re

from accessible import BUTTON, ENTRY, LABEL, ROW, TAB
from driver import PATIENCE, READING_SECONDS, Failed, matches, x_input

TOKENS = "API Tokens"
APPS = "Connected Apps"
MOST_TABS = 40
HEADER_HEIGHT = 50
TYPING_SECONDS = 5


def expect(condition, what):
    if not condition:
        raise Failed(what)


def open_view(window, title):
    """Clicks on a view's name; returns what its rows say."""
    window.click(window.wait_find(title, TAB), READING_SECONDS)
    return window.app.wait_for(f"the list of {title}", lambda: window.list_rows(title))


def open_details(window, title, name):
    """Clicks on a row."""
    row = next(node for node in window.frame.walk()
               if node.role in ROW and node.name.startswith(name + ","))
    window.click(window.wait_find(re.compile("^" + re.escape(name) + "$"), LABEL, row),
                 READING_SECONDS)
    window.wait_find("Back", BUTTON)
    window.wait_says(f"^{title}$")


def wait_list(window):
    window.app.wait_for("the list", lambda: not window.find("Back", BUTTON))


def wait_rows(window, title=TOKENS, n_rows=None):
    """Waits until a list has rows, or so many; returns what they say."""
    def look():
        rows = window.list_rows(title)
        return rows if n_rows is None or len(rows) == n_rows else None

    return window.app.wait_for(f"the list of {title}", look)


def find_node(window, name, roles):
    """What has that name, or one like it, in sight or not."""
    return window.app.wait_for(f"“{name}”", lambda: next(
        (node for node in window.frame.walk() if node.role in roles and matches(name, node.name)),
        None))


def focus(window, name, roles):
    """Moves the focus to what has that name, which brings it into sight."""
    for _ in range(MOST_TABS):
        focused = next((node for node in window.frame.walk() if node.is_focused), None)
        if focused is not None and focused.role in roles and focused.name == name:
            return
        window.app.key("Tab")
    raise Failed(f"no key leads to “{name}”")


def press(window, name):
    """Presses a button: by a click where it is in sight, else by keys."""
    find_node(window, name, BUTTON)
    button = window.find(name, BUTTON)
    # Of one at the edge perhaps only a strip is.
    if button is not None and button.center[1] < window.size[1]:
        window.click(button, READING_SECONDS)
    else:
        focus(window, name, BUTTON)
        x_input("sleep", READING_SECONDS, "key", "Return")


def scroll_down(window):
    """Turns the wheel until there is no more to see."""
    turn_wheel(window, "5")


def turn_wheel(window, button):
    width, height = window.size
    x_input("mousemove", *window.to_screen(width // 2, height // 2), *["click", button] * 30)


def type_token(window, token):
    """Types TOKEN in place of what is there."""
    # Part of it may be below the header.
    if find_node(window, "API Token", ENTRY | ROW).extents[1] < HEADER_HEIGHT:
        turn_wheel(window, "4")
    entry = window.wait_find("API Token", ENTRY | ROW)
    _type_over(window, entry, token)
    try:
        _wait_typed(window, entry, token, TYPING_SECONDS)
    except Failed:
        # Where the processors are busy a window may get the keys later than it is there.
        _type_over(window, entry, token)
        _wait_typed(window, entry, token, PATIENCE)
    return entry


def _type_over(window, entry, text):
    window.click(entry)
    window.app.key("ctrl+a")
    window.app.type(text)


def _wait_typed(window, entry, text, seconds):
    window.app.wait_for("what was typed", lambda: len(entry.text) == len(text), seconds)


def enter(window, token):
    """Types TOKEN in place of what is there, and clicks on Sign In."""
    entry = type_token(window, token)
    window.click(window.wait_find("Sign In", BUTTON), READING_SECONDS)
    return entry


def submit(window, token):
    """Types TOKEN in place of what is there, and Return."""
    type_token(window, token)
    x_input("sleep", READING_SECONDS, "key", "Return")


def wait_dialog(window, width=None):
    """The window that has opened above WINDOW."""
    dialog = window.app.wait_for("a dialog", lambda: window.app.find_window([window]))
    if width is not None:
        dialog.resize(width, dialog.size[1])
    return dialog


def wait_closed(dialog):
    dialog.app.wait_for("the dialog to close", lambda: not dialog.is_open)


def answer(question, label):
    """Clicks on one of the answers, and waits until the question is gone."""
    question.click(question.wait_find(label, LABEL))
    wait_closed(question)


