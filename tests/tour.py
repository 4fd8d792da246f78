#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tour of Token Manager: its main job done as a person does it, with a picture of every step.

Prints a line a step, leaves numbered pictures, and fails if a step fails. The service is another
process, which dies on the way and comes back. Every wait has a deadline and says what it was for.
"""

import argparse
import contextlib
import os
import re
import sys

from accessible import BUTTON, ENTRY, LABEL, ROW, TAB
from driver import HEADLESS, READING_SECONDS, App, Demo, Failed, geometry, take_picture
from peer import Client, Server

TOKENS = "API Tokens"
APPS = "Connected Apps"
SCREEN = "1280x1000"
LATENCY_MS = 300
# What a button that is off says.
NEEDS_ADMIN = "Revoking needs a token with the permission Admin"


class SceneFailed(Exception):
    """A step failed that those after it in its scene build on."""


class Tour:
    """The steps so far, and where their pictures go."""

    def __init__(self, output):
        self.output = output
        self.n_steps = 0
        self.n_failed = 0

    @contextlib.contextmanager
    def step(self, title, picture, window):
        """A step: what is done in it, then a picture of WINDOW, then its line."""
        self.n_steps += 1
        path = os.path.join(self.output, f"{self.n_steps:02}-{picture}.png")
        failure = None
        try:
            yield
        except Failed as failed:
            failure = str(failed).split("\n", 1)[0]
        self._take_picture(path, window)
        if failure is None:
            print(f"ok {self.n_steps:02} {title}", flush=True)
            return
        self.n_failed += 1
        print(f"FAIL {self.n_steps:02} {title}: {failure}", flush=True)
        raise SceneFailed

    @staticmethod
    def _take_picture(path, window):
        # A window that has just closed has no picture; that of the screen shows what is left.
        area = None
        if window.app.process.poll() is None and window.x_id in window.app.x_windows():
            area = geometry(window.x_id)
        take_picture(path, area)

    @contextlib.contextmanager
    def scene(self, name, *arguments, **options):
        """Steps that build on each other, with a program of their own that must end well."""
        try:
            with App(*arguments, **options) as app:
                yield app
        except SceneFailed:
            pass
        except Failed as failed:
            self.n_failed += 1
            print(f"FAIL -- {name}: {failed}", flush=True)


def expect(condition, what):
    if not condition:
        raise Failed(what)


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


def enter(window, token):
    """Types TOKEN in place of what is there, and clicks on Sign In."""
    entry = window.wait_find("API Token", ENTRY | ROW)
    window.click(entry)
    window.app.key("ctrl+a")
    window.app.type(token)
    window.app.wait_for("what was typed", lambda: len(entry.text) == len(token))
    window.click(window.wait_find("Sign In", BUTTON))
    return entry


def refuse_tokens(tour, window):
    with tour.step("The first page asks for a token", "first-page", window):
        window.wait_find("API Token", ENTRY | ROW)
        window.wait_says("not made or endorsed by Deriv")
        window.wait_find("Explore with sample data", BUTTON)
        button = window.wait_find("Sign In", BUTTON)
        expect(not button.is_sensitive, "one can sign in without a token")

    for words, picture, token, pattern in (
            ("A token with blanks ends in a sentence", "blanks", "two words here",
             "only letters, digits"),
            ("A token with quotes ends in a sentence", "quotes", '"abcDEF123456789"',
             "only letters, digits"),
            ("A token of the new platform is told apart", "new-platform", "pat_0123456789abc",
             "new platform"),
            ("A wrong token ends in a sentence", "wrong-token", "abcDEF123456789",
             "doesn’t accept this token")):
        with tour.step(words + ", and what was typed stays", picture, window):
            entry = enter(window, token)
            window.wait_says(pattern)
            window.wait_find("Sign In", BUTTON)
            expect(len(entry.text) == len(token), "what was typed is gone")


def look_at_tokens(tour, window, demo):
    with tour.step("Signing in shows the API tokens, each with its level in words", "api-tokens",
                   window):
        enter(window, demo.token)
        rows = window.app.wait_for("the tokens", lambda: window.list_rows(TOKENS))
        expect(len(rows) == 6, f"there are {len(rows)} tokens, not 6")
        for row in rows:
            expect(re.search(", (View only|Can trade|Can move money|Full control) · ", row),
                   f"no level in “{row}”")
        own = [row for row in rows if row.startswith("Token Manager,")]
        expect(own and "Full control" in own[0], "the token of this program is not there")
        window.wait_says("^This program$")

    with tour.step("A click opens the details of a token: what it can do and what it cannot",
                   "token-details", window):
        open_details(window, "Old payout script", "Old payout script")
        window.wait_says("^Can move money$")
        window.wait_says("^It Can$")
        window.wait_says("203.0.113.7")
        abilities = {node.name for node in window.frame.walk() if node.role in ROW}
        for ability in ("Move money between your accounts", "Buy and sell contracts"):
            expect(any(ability in one for one in abilities), f"nothing is said of: {ability}")

    with tour.step("Escape leads back to the list", "back", window):
        window.app.key("Escape")
        wait_list(window)
        expect(len(window.list_rows(TOKENS)) == 6, "the list is another one")


def look_at_apps(tour, window):
    with tour.step("Connected Apps lists 12 apps, each with its level and when it was last used",
                   "connected-apps", window):
        rows = open_view(window, APPS)
        expect(len(rows) == 12, f"there are {len(rows)} apps, not 12")
        for row in rows:
            expect(re.search(", (No access|View only|Can trade|Can move money|Full control)\\b",
                             row), f"no level in “{row}”")
            expect(re.search("Never used|Used ", row), f"nothing about its use in “{row}”")
        expect(any("<b>Free</b>" in row and "[U+202E]" in row for row in rows),
               "the hostile name is not shown as it is")

    with tour.step("The details of an app say what it can do, and who answers for that",
                   "app-details", window):
        open_details(window, "Copy Harbour", "Copy Harbour")
        window.wait_says("^Can trade$")
        window.wait_says("2 %")
        window.wait_says("^70115$")
    window.app.key("Escape")
    wait_list(window)


def revoke(tour, window, witness):
    name = "Chart Desk"
    button = window.wait_find(f"Revoke access for {name}", BUTTON)
    with tour.step("One click on Revoke access, and the row says that it is being done",
                   "revoking", window):
        window.click(button, READING_SECONDS)
        window.wait_row(APPS, name, "Revoking…")

    with tour.step("The row says “Access revoked”, and a toast names the app", "revoked", window):
        window.wait_row(APPS, name, "Access revoked")
        window.wait_says(f"“{name}” can no longer use your accounts")

    with tour.step("The row leaves once nobody is at the list, and the service has it no more",
                   "row-left", window):
        window.point_at_nothing()
        window.app.wait_for("the row to leave", lambda: not window.find_row(APPS, name))
        left = witness.list_apps()
        expect(name not in left and len(left) == 11, f"the service still has {sorted(left)}")
        expect(len(window.list_rows(APPS)) == 11, "another row left, too")


def lose_the_service(tour, window, demo, build_dir):
    name = "Ledger Lines"
    button = window.wait_find(f"Revoke access for {name}", BUTTON)
    with tour.step("The service dies during a revoke: couldn’t confirm, and a way to retry",
                   "could-not-confirm", window):
        window.click(button, READING_SECONDS)
        window.wait_row(APPS, name, "Revoking…")
        demo.kill()
        window.wait_row(APPS, name, "Couldn’t confirm")
        window.wait_find(f"Retry: revoke access for {name}", BUTTON)

    # Takes the place of the service, so that it is known when an attempt to reconnect has failed.
    attempts = []
    gap = Server(attempts.append, demo.port)
    with tour.step("A strip says that it is offline, and since when", "offline", window):
        window.wait_says(r"^Offline\. As of \d\d:\d\d\.$")
        window.app.wait_for("an attempt to reconnect", lambda: attempts)
        strip = window.wait_find("Reconnect", BUTTON)
        expect(len(window.list_rows(APPS)) == 11, "the list is not what it was")
    gap.close()

    with Demo(build_dir, f"--port={demo.port}", f"--token={demo.token}") as again:
        with tour.step("The service is back: Reconnect shows the truth", "reconnected", window):
            window.click(strip)
            witness = Client(again.url, again.token)
            truth = witness.list_apps()
            witness.close()
            # The service lost its memory: what was revoked before it died is there again.
            window.app.wait_for("the list that the service has", lambda: {
                row.split(",")[0] for row in window.list_rows(APPS)} == {
                    shown(app) for app in truth})
            window.app.wait_for("the strip to go", lambda: not window.says("^Offline"))

        with tour.step("Retrying works now", "retried", window):
            window.click(window.wait_find(f"Retry: revoke access for {name}", BUTTON),
                         READING_SECONDS)
            window.wait_row(APPS, name, "Access revoked")


def shown(name):
    """NAME as the list shows it."""
    return name.replace("\u202e", "[U+202E]")


def show_the_service(tour, build_dir):
    with contextlib.ExitStack() as stack:
        demo = stack.enter_context(Demo(build_dir, f"--latency={LATENCY_MS}"))
        witness = Client(demo.url, demo.token)
        stack.callback(witness.close)
        app = stack.enter_context(tour.scene("with a service", build_dir,
                                             f"--service={demo.url}"))
        window = app.window
        refuse_tokens(tour, window)
        look_at_tokens(tour, window, demo)
        look_at_apps(tour, window)
        revoke(tour, window, witness)
        lose_the_service(tour, window, demo, build_dir)


def show_a_lesser_token(tour, build_dir):
    with contextlib.ExitStack() as stack:
        demo = stack.enter_context(Demo(build_dir))
        owner = Client(demo.url, demo.token)
        stack.callback(owner.close)
        answer = owner.call(api_token=1, new_token="Only to look", new_token_scopes=["read"])
        secret = next(token["token"] for token in answer["tokens"]
                      if token["display_name"] == "Only to look")
        app = stack.enter_context(tour.scene("with a token to look", build_dir,
                                             f"--service={demo.url}"))
        window = app.window
        with tour.step("A token without Admin: the page says what it takes to see the tokens",
                       "needs-admin", window):
            enter(window, secret)
            window.wait_find(TOKENS, TAB)
            window.wait_says("Need Admin")
        with tour.step("It lists the apps, and the buttons are off and say why", "only-to-look",
                       window):
            rows = open_view(window, APPS)
            expect(len(rows) == 12, f"there are {len(rows)} apps, not 12")
            buttons = [node for node in window.frame.walk()
                       if node.role in BUTTON and node.name.startswith("Revoke access for")]
            expect(len(buttons) == 12, f"there are {len(buttons)} buttons")
            expect(not any(button.is_sensitive for button in buttons), "a button is on")
            expect(all(NEEDS_ADMIN in button.description for button in buttons),
                   "a button does not say why it is off")


def show_the_sample(tour, build_dir):
    with tour.scene("with --demo", build_dir, "--demo") as app:
        window = app.window
        with tour.step("--demo opens on sample data, and says so", "sample-data", window):
            window.wait_find(TOKENS, TAB)
            app.wait_for("the tokens", lambda: len(window.list_rows(TOKENS)) == 6)
            window.wait_says(r"^Sample data\. Nothing here is real\.$")
            window.wait_find(re.compile("^SAMPLE"), BUTTON)
        with tour.step("The main menu", "menu", window):
            window.click(window.wait_find("Main Menu", BUTTON))
            menu, _x, _y = window.wait_menu()
            names = [node.name for node in menu.walk()]
            for name in ("Refresh", "Keyboard Shortcuts", "About Token Manager"):
                expect(name in names, f"the menu has no “{name}”")
        show_dialog(tour, window, "The keyboard shortcuts", "shortcuts", "Keyboard Shortcuts",
                    "Show details of a row")
        window.click(window.wait_find("Main Menu", BUTTON))
        show_dialog(tour, window, "About: what it is, and that Deriv has no part in it", "about",
                    "About Token Manager", "Token Manager")
        with tour.step("Signing out leads to the first page", "signed-out", window):
            window.click(window.wait_find(re.compile("^SAMPLE"), BUTTON))
            window.click_menu_item("Sign Out")
            window.wait_find("API Token", ENTRY | ROW)
        with tour.step("From there, Explore with sample data leads back", "explore", window):
            window.click(window.wait_find("Explore with sample data", BUTTON))
            app.wait_for("the tokens", lambda: len(window.list_rows(TOKENS)) == 6)
            window.wait_says(r"^Sample data\. Nothing here is real\.$")


def show_dialog(tour, window, title, picture, item, text):
    """Opens a window from the menu that is open, and closes it again by Escape."""
    app = window.app
    window.click_menu_item(item)
    dialog = app.wait_for(f"the window of “{item}”", lambda: app.find_window([window]))
    with tour.step(title, picture, dialog):
        dialog.wait_says(f"^{text}$")
    # Without a window manager the keys go where the pointer is.
    dialog.point_at_nothing()
    app.key("Escape")
    app.wait_for("the window to close", lambda: not dialog.is_open)


LOOKS = (
    # In words, in file names, variables, font, width.
    ("At 360 pixels", "narrow", {}, None, 360),
    ("In the dark", "dark", {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}, None, 820),
    ("With high contrast", "contrast", {"ADW_DEBUG_HIGH_CONTRAST": "1"}, None, 820),
    ("From right to left", "right-to-left", {"GTK_DEBUG": "invert-text-dir"}, None, 820),
    ("With large text at 720 pixels", "large-text", {}, "Cantarell 22", 720),
)


def show_looks(tour, build_dir):
    for words, picture, env, font, width in LOOKS:
        with tour.scene(words, build_dir, "--demo", env=env, font=font) as app:
            window = app.window
            window.resize(width, 860)
            for title, name in ((TOKENS, "tokens"), (APPS, "apps")):
                with tour.step(f"{words}: {title}", f"{picture}-{name}", window):
                    open_view(window, title)
                    expect_fits(window, width)
            with tour.step(f"{words}: the details of an app", f"{picture}-details", window):
                open_details(window, "Copy Harbour", "Copy Harbour")
                expect_fits(window, width)
            app.key("Escape")
            wait_list(window)
            with tour.step(f"{words}: the first page", f"{picture}-first-page", window):
                window.click(window.wait_find(re.compile("^SAMPLE"), BUTTON))
                window.click_menu_item("Sign Out")
                window.wait_find("API Token", ENTRY | ROW)
                expect_fits(window, width)


def expect_fits(window, width):
    """Nothing that can be read or clicked sticks out of the window sideways."""
    expect(window.size[0] == width, f"the window is {window.size[0]} wide, not {width}")
    frame = window.frame
    for node in frame.walk():
        if node.role in LABEL | BUTTON | ROW | TAB and node.name:
            left, _top, node_width, _height = node.extents
            if left < 0 or left + node_width > width:
                expect(not window.is_showing(node, frame),
                       f"“{node.name[:40]}” reaches from {left} to {left + node_width}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build-dir", required=True, help="where the program was built")
    parser.add_argument("--output", required=True, help="where the pictures go")
    options = parser.parse_args()
    if "TOK_HEADLESS" not in os.environ:
        os.execv(HEADLESS, [HEADLESS, "--size", SCREEN, "--", "/usr/bin/python3", *sys.argv])

    os.makedirs(options.output, exist_ok=True)
    for name in os.listdir(options.output):
        # What an earlier tour left behind would pass for this one's.
        if re.fullmatch(r"\d\d-.*\.png", name):
            os.remove(os.path.join(options.output, name))
    tour = Tour(options.output)
    build_dir = os.path.abspath(options.build_dir)
    for show in (show_the_service, show_a_lesser_token, show_the_sample, show_looks):
        show(tour, build_dir)
    print(f"{tour.n_steps} steps, {tour.n_failed} failed; the pictures are in {options.output}")
    return 1 if tour.n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
