# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does in the list of tokens, in the details of one, and in the dialogs about it."""

import contextlib
import re

from accessible import BUTTON, ENTRY, LABEL, MENU_ITEM, ROW
from driver import READING_SECONDS, Failed, x_input
from hands import TOKENS, expect, find_node, wait_closed, wait_dialog, wait_list
from stage import Stage

# All of the details of a token are in sight, or nearly.
HEIGHT = 940
SECRET = "^[A-Za-z0-9]{15}$"
HASTE_SECONDS = 0.12
HELD_SECONDS = 2
MOST_ROWS = 40
# How often Tab leads from the name to the box of a permission.
PLACES = {"Read": 2, "Trade": 3, "Payments": 4, "Trading information": 5, "Admin": 6}
# GDK 4.8 leaks what it works with when it hands out what was copied.
FORGIVING = {"ASAN_OPTIONS": "detect_leaks=0"}


@contextlib.contextmanager
def signed_in(build_dir, start=None, **settings):
    """The program, signed in, with the list of tokens in sight."""
    with Stage(build_dir, tap=True) as stage:
        if settings:
            stage.settings.write(service=stage.service, **settings)
        with stage.start(env=FORGIVING, **(start or {})) as app:
            stage.sign_in(app)
            app.window.resize(820, HEIGHT)
            app.window.point_at_nothing()
            # Rows that have just moved take no keys and clicks.
            x_input("sleep", READING_SECONDS)
            yield stage, app, app.window
            if app.process.poll() is None:
                app.window.point_at_nothing()


def focused(window):
    """What has the focus; None if nothing has it that assistive technology is told of."""
    return next((node for node in window.frame.walk() if node.is_focused), None)


def wait_focus(window, pattern):
    """Waits until the focus is on what has a name like that."""
    def look():
        node = focused(window)
        return node is not None and re.search(pattern, node.name)

    try:
        window.app.wait_for(f"the focus on “{pattern}”", look)
    except Failed as failed:
        node = focused(window)
        raise Failed(f"{failed}; it is on “{node.name if node else ''}”") from None


def names(window, title=TOKENS):
    """The names of the rows, in their order."""
    return [row.split(",")[0] for row in window.list_rows(title)]


def wait_names(window, *wanted, title=TOKENS):
    try:
        window.app.wait_for(f"the rows {wanted}", lambda: names(window, title) == list(wanted))
    except Failed as failed:
        raise Failed(f"{failed}; there are {names(window, title)}") from None


def go_to(window, name):
    """Leads the focus to the row of a token, by keys."""
    window.point_at_nothing()
    window.app.key("ctrl+1")
    rows = names(window)
    window.app.key(*["Down"] * rows.index(name))
    wait_focus(window, f"^{re.escape(name)},")
    # A row that has just moved takes no keys.
    x_input("sleep", READING_SECONDS)


def open_by_key(window, name):
    """Opens the details of a token by Return on its row."""
    go_to(window, name)
    window.app.key("Return")
    window.wait_find("Back", BUTTON)
    window.wait_says(f"^{re.escape(name)}$")


def leave(window):
    window.point_at_nothing()
    window.app.key("Escape")
    wait_list(window)


def find_action(window, name):
    """The row of the details that does something with the token."""
    return window.wait_find(name, ROW)


def open_action(window, name):
    """Clicks on it, and waits for its dialog."""
    window.click(find_action(window, name), READING_SECONDS)
    dialog = wait_dialog(window)
    dialog.point_at_nothing()
    # Nobody presses a key before he has seen what opened.
    x_input("sleep", READING_SECONDS)
    return dialog


def open_check(window):
    """Opens the dialog that says what a found token is."""
    window.click(window.wait_find("Main Menu", BUTTON), READING_SECONDS)
    window.wait_menu().click("Check a Token…", MENU_ITEM)
    dialog = wait_dialog(window)
    dialog.point_at_nothing()
    return dialog


def paste(dialog, token):
    """Types a token into a dialog that asks for one, and Return."""
    entry = find_node(dialog, "API Token", ENTRY | ROW)
    dialog.click(entry)
    dialog.app.key("ctrl+a")
    dialog.app.type(token)
    dialog.app.wait_for("what was typed", lambda: len(entry.text) == len(token))
    dialog.point_at_nothing()
    x_input("sleep", READING_SECONDS, "key", "Return")


def press_button(dialog, name, clicks=1):
    """Clicks on a button or on a row, twice as a hasty hand does if so wanted."""
    x, y = dialog.to_screen(*dialog.wait_find(name, BUTTON | ROW).center)
    again = ["sleep", HASTE_SECONDS, "mousemove_relative", "1", "0", "click", "1"]
    x_input("mousemove", x, y, "sleep", READING_SECONDS, "click", "1", *again * (clicks - 1))


def wait_secret(dialog):
    return dialog.wait_says(SECRET)


def create_token(window, name, *scopes):
    """Creates a token by keys; returns the dialog with its secret, and that."""
    window.point_at_nothing()
    window.app.key("ctrl+n")
    dialog = wait_dialog(window)
    dialog.point_at_nothing()
    window.app.type(name)
    at = 0
    for scope in scopes:
        window.app.key(*["Tab"] * (PLACES[scope] - at), "space")
        at = PLACES[scope]
    window.app.key("ctrl+Return")
    return dialog, wait_secret(dialog)


def create_kept(window, name, *scopes):
    """Creates one whose secret is kept; returns that."""
    dialog, secret = create_token(window, name, *scopes)
    dialog.wait_says("^It is in your keyring: the token’s details show it again.$")
    close(dialog)
    window.wait_row(TOKENS, name)
    wait_focus(window, f"^{re.escape(name)}, ")
    return secret


def copies_of(stage):
    """The secrets of which copies are in the keyring."""
    found = []
    for path in stage.keyring.items(kind="copy"):
        (_session, _parameters, value, _type), = stage.keyring.call(
            path, "Item.GetSecret", "(o)", stage.keyring.session)
        found.append(bytes(value).decode())
    return found


def close(dialog):
    """Closes a dialog that asks nothing."""
    dialog.point_at_nothing()
    dialog.app.key("Escape")
    wait_closed(dialog)


def take_copy(dialog):
    dialog.point_at_nothing()
    dialog.app.key("ctrl+c")
    dialog.wait_says("^Copied. Cleared in")


def expect_one_window(window):
    expect(window.app.find_window([window]) is None, "there is another window")


def wait_question(window, title, *above):
    """The question of that title that opens above these windows."""
    def look():
        found = window.app.find_window([window, *above])
        return found if found and re.search(title, found.frame.name) else None

    return window.app.wait_for(f"the question “{title}”", look)


def say_yes(question, label):
    question.click(question.wait_find(label, LABEL), READING_SECONDS)
    wait_closed(question)
