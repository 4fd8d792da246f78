#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One click revokes one app.

Real clicks and keys, against the sample service in another process, once answering within a
millisecond and once after three seconds. What was asked for is counted on the wire, and what is
gone is read from the service over a connection of the test's own.
"""

import sys
import time

from accessible import BUTTON, ENTRY, ROW, TAB
from driver import PATIENCE, READING_SECONDS, App, Cases, Demo, Failed, Skipped, x_input
from peer import Client, Tap

APPS = "Connected Apps"
# Tall enough for all the rows, so that nothing has to be scrolled.
SIZE = "1000x1250"
# How long a key is held, and how soon after the first click the others of a hasty hand come.
HELD_SECONDS = 2
HASTE_SECONDS = 0.12
# Within this time a second click counts as part of a double click.
DOUBLE_CLICK_TIME = 0.4


class Stage:
    """The program, signed in and turned to its apps; the service behind a tap; a witness."""

    def __init__(self, build_dir, latency):
        self.demo = Demo(build_dir, "--no-limits", "--latency=1")
        self.tap = Tap(self.demo.url)
        self.witness = Client(self.demo.url, self.demo.token)
        self.ids = self.witness.list_app_ids()
        self.app = App(build_dir, f"--service={self.tap.url}")
        self.window = self.app.window
        self.window.resize(820, 1150)
        self.app.sign_in(self.demo.token)
        self.window.wait_find("API Tokens", TAB)
        self.app.key("ctrl+2")
        self.rows = [row.split(",")[0] for row in self.app.wait_for(
            "the list of apps", lambda: self.window.list_rows(APPS))]
        self.buttons = self.find_buttons()
        self.tap.latency = latency
        x_input("sleep", READING_SECONDS)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            self.app.__exit__(kind)
        finally:
            self.tap.close()
            self.witness.close()
            self.demo.__exit__()

    def find_buttons(self):
        return {node.name: node for node in self.window.frame.walk() if node.role in BUTTON}

    def place(self, name):
        """Where on the screen the button of the row NAME is."""
        return self.window.to_screen(*self.buttons["Revoke access for " + name].center)

    def place_edge(self, name):
        """The same, but close to where the button begins."""
        x, y, _width, height = self.buttons["Revoke access for " + name].extents
        # The extents are those of the label in it, which has this much room on each side.
        return self.window.to_screen(x - 10, y + height // 2)

    def revoked_ids(self):
        return self.tap.calls_of("revoke_oauth_app")

    def expect(self, *names):
        """Exactly NAMES go, each asked for once; nothing else happens, then or later."""
        self.window.point_at_nothing()
        try:
            self.app.wait_for("revoked apps to leave the list", lambda: not any(
                self.window.find_row(APPS, name) for name in names))
        except Failed as failed:
            rows = " | ".join(self.window.list_rows(APPS))
            raise Failed(f"{failed}; asked for were {self.revoked_ids()}; {rows}") from None
        wanted = sorted(self.ids[name] for name in names)
        if sorted(self.revoked_ids()) != wanted:
            raise Failed(f"the service was asked to revoke {sorted(self.revoked_ids())}, "
                         f"not {wanted}")
        left = self.witness.list_apps()
        if left != set(self.ids) - set(names):
            raise Failed(f"gone are {sorted(set(self.ids) - left)}, not {sorted(names)}")
        self.expect_list()

    def expect_list(self):
        if self.window.find("Back", BUTTON):
            raise Failed("the details of an app were opened")
        if not self.window.list_rows(APPS):
            raise Failed("the list is not shown any more")


def double_click(build_dir, latency):
    with Stage(build_dir, latency) as stage:
        names = ["Chart Desk", "Ledger Lines", "Tide Journal"]
        places = [stage.place(name) for name in names]
        for place, seconds in zip(places, (0, HASTE_SECONDS, 0.3)):
            x_input("mousemove", *place, "click", "1", "sleep", seconds,
                    "mousemove_relative", "1", "0", "click", "1")
        stage.expect(*names)


def triple_click(build_dir, latency):
    with Stage(build_dir, latency) as stage:
        x_input("mousemove", *stage.place("Chart Desk"),
                *["sleep", "0.07", "mousemove_relative", "1", "0", "click", "1"] * 3)
        stage.expect("Chart Desk")


def ten_clicks(build_dir, latency):
    with Stage(build_dir, latency) as stage:
        names = stage.rows[1:11]
        commands = []
        for place in [stage.place(name) for name in names]:
            commands += ["mousemove", *place, "click", "1"]
        x_input(*commands)
        stage.expect(*names)


def ten_clicks_in_a_second(build_dir, latency):
    with Stage(build_dir, latency) as stage:
        names = stage.rows[1:11]
        commands = []
        for name in names:
            commands += ["mousemove", *stage.place(name), "click", "1", "sleep", "0.1"]
        x_input(*commands)
        stage.expect(*names)


def hold(build_dir, latency, key):
    with Stage(build_dir, latency) as stage:
        focus_button(stage, "Copy Harbour")
        x_input("keydown", key, "sleep", HELD_SECONDS, "keyup", key)
        stage.expect("Copy Harbour")


def get_focused(stage):
    return next((node for node in stage.window.frame.walk() if node.is_focused), None)


def focus_button(stage, name):
    """Goes to the button of the row NAME by keys alone."""
    for _ in range(40):
        focused = get_focused(stage)
        if focused is not None and focused.role in BUTTON and focused.name.endswith(name):
            return
        in_list = focused is not None and any(
            focused.name.startswith(row + ",") for row in stage.rows)
        on_row = in_list and focused.name.startswith(name + ",")
        stage.app.key("Down" if in_list and not on_row else "Tab")
        stage.app.wait_for("the focus to move", lambda: get_focused(stage) != focused)
    raise Failed(f"no key leads to the button of “{name}”")


def hold_and_count(build_dir):
    """Without repeated keys the tests that hold one would prove nothing."""
    with Demo(build_dir) as demo, App(build_dir, f"--service={demo.url}") as app:
        entry = app.window.wait_find("API Token", ENTRY | ROW)
        app.window.click(entry)
        x_input("keydown", "x", "sleep", HELD_SECONDS, "keyup", "x")
        app.wait_for("more than ten characters of one key", lambda: len(entry.text) > 10)


def drag_off(build_dir, latency):
    with Stage(build_dir, latency) as stage:
        x, y = stage.place("Chart Desk")
        x_input("mousemove", x, y, "mousedown", "1", "mousemove", x - 200, y, "mouseup", "1")
        x_input("mousemove", x, y, "mousedown", "1", "mousemove", x, y + 76, "mouseup", "1")
        # Something that is meant, to wait for: whatever else was started would be done by then.
        x_input("mousemove", *stage.place("Tide Journal"), "click", "1")
        stage.expect("Tide Journal")


def while_refreshing(build_dir, latency):
    with Stage(build_dir, latency) as stage:
        x, y = stage.place("Chart Desk")
        x_input("mousemove", x, y, "key", "F5", "click", "1")
        stage.expect("Chart Desk")


def refused(build_dir, latency, place):
    with Stage(build_dir, latency) as stage:
        stage.tap.refuse("revoke_oauth_app", "RateLimit",
                         "You have reached the rate limit for revoke_oauth_app.")
        x_input("mousemove", *place(stage, "Chart Desk"), "click", "1", "sleep",
                HASTE_SECONDS, "mousemove_relative", "1", "0", "click", "1")
        expect_refused(stage, "Chart Desk")


def expect_refused(stage, name):
    """NAME was asked for once, in vain, and nothing else happened."""
    stage.window.wait_row(APPS, name, "Still has access")
    stage.expect_list()
    stage.window.wait_find(f"Retry: revoke access for {name}", BUTTON)
    if stage.revoked_ids() != [stage.ids[name]]:
        raise Failed(f"the service was asked to revoke {stage.revoked_ids()}")
    if stage.witness.list_apps() != set(stage.ids):
        raise Failed("an app is gone whose revoke was turned away")


def refused_while_held(build_dir, latency):
    with Stage(build_dir, latency) as stage:
        stage.tap.refuse("revoke_oauth_app", "RateLimit",
                         "You have reached the rate limit for revoke_oauth_app.")
        focus_button(stage, "Copy Harbour")
        x_input("keydown", "Return", "sleep", HELD_SECONDS, "keyup", "Return")
        expect_refused(stage, "Copy Harbour")


def as_a_row_leaves(build_dir):
    for _ in range(3):
        if click_as_a_row_leaves(build_dir):
            return
    raise Skipped("this machine was too slow, three times, to click as a row leaves")


def click_as_a_row_leaves(build_dir):
    """The next row slides under the pointer just when it clicks; returns whether it did."""
    with Stage(build_dir, 0) as stage:
        name, below = "Chart Desk", stage.rows[stage.rows.index("Chart Desk") + 1]
        top = stage.window.row_top(APPS, name)
        x_input("mousemove", *stage.place(name), "click", "1")
        stage.window.wait_row(APPS, name, "Access revoked")
        seen = time.monotonic()
        deadline = seen + PATIENCE
        # Without a pause: the click has to be there within the time of a double click.
        while stage.window.row_top(APPS, below) != top:
            seen = time.monotonic()
            if seen > deadline:
                raise Failed("the row does not leave")
        x_input("mousemove_relative", "1", "0", "click", "1")
        if time.monotonic() - seen > DOUBLE_CLICK_TIME:
            return False
        # Something that is meant, after the time of a double click: whatever else was started is
        # done by the time that this is.
        stage.buttons = stage.find_buttons()
        x_input("mousemove", *stage.place("Tide Journal"), "sleep", "0.6", "click", "1")
        stage.expect(name, "Tide Journal")
        return True


def main():
    cases = Cases(size=SIZE, at_once=8)
    for speed, latency in (("3 s", 3), ("1 ms", 0)):
        for name, function, *arguments in (
                ("a double click revokes one app", double_click),
                ("a triple click revokes one app", triple_click),
                ("ten clicks at once on ten rows revoke ten apps", ten_clicks),
                ("Return held down revokes one app", hold, "Return"),
                ("Space held down revokes one app", hold, "space"),
                ("a click that is dragged off revokes nothing", drag_off),
                ("a click during a refresh revokes one app", while_refreshing),
                ("a double click that is refused asks once", refused, Stage.place)):
            cases.add(f"{name}, answer after {speed}", function, latency, *arguments)
    # What can go wrong here needs an answer between the first click and the last.
    cases.add("ten clicks in a second on ten rows revoke ten apps", ten_clicks_in_a_second, 0)
    cases.add("a double click at the edge that is refused asks once", refused, 0, Stage.place_edge)
    cases.add("Return held down that is refused asks once", refused_while_held, 0)
    cases.add("a click just as a row leaves revokes nothing", as_a_row_leaves)
    cases.add("a key that is held repeats", hold_and_count)
    return cases.main()


if __name__ == "__main__":
    sys.exit(main())
