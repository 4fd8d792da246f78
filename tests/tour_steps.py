# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scenes of tests/tour.py are made of: steps, and what is done in several of them."""

import contextlib
import os
import re

from dataclasses import dataclass, field

from accessible import BUTTON, ENTRY, LABEL, ROW, TAB
from driver import READING_SECONDS, App, Failed, geometry, take_picture, x_input

TOKENS = "API Tokens"
APPS = "Connected Apps"
OUTPUT = "TOK_TOUR_OUTPUT"
MOST_TABS = 40


@dataclass(frozen=True)
class Look:
    """How the program is to look: in words, in file names, variables, font, size of the window."""

    words: str = ""
    picture: str = ""
    env: dict = field(default_factory=dict)
    font: str = None
    width: int = 820
    height: int = 660

    @property
    def dialog_width(self):
        """How wide a dialog is above such a window."""
        return min(self.width, 480 if self.font is None else 720)


class Tour:
    """The steps of one scene so far, and where their pictures go."""

    def __init__(self, number, name, look):
        self.number = number
        self.name = name
        self.look = look
        self.n_steps = 0

    @contextlib.contextmanager
    def step(self, title, picture, window, with_popups=False):
        """A step: what is done in it, a picture of WINDOW, a look whether all fits, and its line."""
        self.n_steps += 1
        name = f"{self.number:02}-{self.n_steps:02}-{self.look.picture}{picture}.png"
        failure = None
        try:
            yield
        except Failed as failed:
            failure = failed
        take_picture(os.path.join(os.environ[OUTPUT], name), self._find_area(window, with_popups))
        try:
            if failure is None and window.app.process.poll() is None and window.is_open:
                expect_fits(window)
        except Failed as failed:
            failure = failed
        print(f"{'ok' if failure is None else 'not ok'} - {self.name}: {title}", flush=True)
        if failure is not None:
            raise failure

    @staticmethod
    def _find_area(window, with_popups):
        # A window that has just closed has no picture; that of the screen shows what is left.
        if window.app.process.poll() is not None:
            return None
        x_ids = window.app.x_windows()
        if window.x_id not in x_ids:
            return None
        areas = [geometry(x_id) for x_id in (x_ids if with_popups else [window.x_id])]
        left = max(0, min(area[0] for area in areas))
        top = max(0, min(area[1] for area in areas))
        right = max(area[0] + area[2] for area in areas)
        bottom = max(area[1] + area[3] for area in areas)
        return left, top, right - left, bottom - top

    def program(self, build_dir, *options, env=None, app=App):
        """A program that looks as it should, and must end well."""
        started = app(build_dir, *options, env={**self.look.env, **(env or {})})
        started.window.resize(self.look.width, self.look.height)
        return started


def expect(condition, what):
    if not condition:
        raise Failed(what)


def expect_fits(window):
    """Nothing that can be read or clicked sticks out of the window sideways."""
    frame = window.frame
    width = frame.extents[2]
    for node in frame.walk():
        if node.role in LABEL | BUTTON | ROW | TAB and node.name:
            left, _top, node_width, _height = node.extents
            if left < 0 or left + node_width > width:
                expect(not window.is_showing(node, frame),
                       f"“{node.name[:40]}” reaches from {left} to {left + node_width}")


def open_view(window, title):
    """Clicks on a view's name; returns what its rows say."""
    window.click(window.wait_find(title, TAB))
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


def wait_rows(window, title=TOKENS):
    return window.app.wait_for(f"the list of {title}", lambda: window.list_rows(title))


def find_node(window, name, roles):
    """What has that name, in sight or not."""
    return window.app.wait_for(f"“{name}”", lambda: next(
        (node for node in window.frame.walk() if node.role in roles and node.name == name), None))


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
    button = find_node(window, name, BUTTON)
    if window.is_showing(button, window.frame):
        window.click(button)
    else:
        focus(window, name, BUTTON)
        window.app.key("Return")


def scroll_down(window):
    """Turns the wheel until there is no more to see."""
    turn_wheel(window, "5")


def turn_wheel(window, button):
    width, height = window.size
    x_input("mousemove", *window.to_screen(width // 2, height // 2), *["click", button] * 30)


def type_token(window, token):
    """Types TOKEN in place of what is there."""
    turn_wheel(window, "4")
    entry = window.wait_find("API Token", ENTRY | ROW)
    window.click(entry)
    window.app.key("ctrl+a")
    window.app.type(token)
    window.app.wait_for("what was typed", lambda: len(entry.text) == len(token))
    return entry


def enter(window, token):
    """Types TOKEN in place of what is there, and clicks on Sign In."""
    entry = type_token(window, token)
    window.click(window.wait_find("Sign In", BUTTON))
    return entry


def submit(window, token):
    """Types TOKEN in place of what is there, and Return."""
    type_token(window, token)
    window.app.key("Return")


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


