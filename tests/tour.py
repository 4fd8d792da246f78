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
from peer import Client, Server, Tap

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
        path = os.path.join(self.output, f"{self.n_steps:03}-{picture}.png")
        failure = None
        try:
            yield
        except Failed as failed:
            failure = str(failed).split("\n", 1)[0]
        self._take_picture(path, window)
        if failure is None:
            print(f"ok {self.n_steps:03} {title}", flush=True)
            return
        self.n_failed += 1
        print(f"FAIL {self.n_steps:03} {title}: {failure}", flush=True)
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


def wait_dialog(window):
    """The window that has opened above WINDOW."""
    return window.app.wait_for("a dialog", lambda: window.app.find_window([window]))


def wait_closed(dialog):
    dialog.app.wait_for("the dialog to close", lambda: not dialog.is_open)


def answer(question, label):
    """Clicks on one of the answers, and waits until the question is gone."""
    question.click(question.wait_find(label, LABEL))
    wait_closed(question)


def open_new_token(window, width=None):
    window.app.key("ctrl+n")
    dialog = wait_dialog(window)
    if width is not None:
        dialog.resize(width, 760)
    # Without a window manager the keys go where the pointer is.
    dialog.point_at_nothing()
    return dialog


def enter_name(dialog, name):
    """Types NAME in place of what is there."""
    entry = dialog.wait_find("Name", ENTRY | ROW)
    dialog.click(entry)
    dialog.app.key("ctrl+a")
    dialog.app.type(name)
    dialog.app.wait_for("the name that was typed", lambda: entry.text == name)


def tick(dialog, *labels):
    for label in labels:
        dialog.click(dialog.wait_find(label, LABEL))


def create(dialog):
    """Clicks on Create; returns the secret."""
    dialog.click(dialog.wait_find("Create", BUTTON))
    return dialog.wait_says("^[A-Za-z0-9]{15}$")


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


def create_token(tour, window, witness):
    dialog = open_new_token(window)
    with tour.step("New Token: nothing is ticked, and Create is off and says why", "new-token",
                   dialog):
        button = dialog.wait_find("Create", BUTTON)
        expect(not button.is_sensitive, "a token without a name can be created")
        expect("name" in button.description, "the button doesn't say why it is off")
        dialog.wait_says("6 of 30 used")
        dialog.wait_says("^No access$")

    for words, picture, name, pattern in (
            ("A name that the service would refuse is refused while it is typed", "wrong-name",
             "grid-bot", "nothing but letters"),
            ("So is one that is taken, in whatever case", "taken-name", "GRID BOT",
             "has this name already")):
        with tour.step(words, picture, dialog):
            enter_name(dialog, name)
            dialog.wait_says(pattern)

    with tour.step("Ticking boxes shows what the token will be able to do", "ticked", dialog):
        enter_name(dialog, "Night bot")
        tick(dialog, "Read", "Trade")
        dialog.wait_says("^Can trade$")
        dialog.wait_says("You answer for every transaction")
        expect(dialog.wait_find("Create", BUTTON).is_sensitive, "it can't be created")

    with tour.step("While the service creates it", "creating", dialog):
        dialog.click(dialog.wait_find("Create", BUTTON), READING_SECONDS)
    with tour.step("It is created, and its secret is shown this once", "token-created", dialog):
        secret = dialog.wait_says("^[A-Za-z0-9]{15}$")
        dialog.wait_says("^Not copied yet$")
        Client(window.app.demo.url, secret).close()

    with tour.step("Closing before a copy asks", "not-copied", dialog):
        window.app.key("Escape")
        question = window.app.wait_for("the question",
                                       lambda: window.app.find_window([window, dialog]))
        question.wait_says("never be shown again")
    answer(question, "Go Back")

    with tour.step("Copied, and for how long", "copied", dialog):
        dialog.click(dialog.wait_find("Copy", BUTTON))
        dialog.wait_says(r"^Copied\. Cleared in \d+ s$")

    with tour.step("Done: the list points out the new token", "new-row", window):
        dialog.click(dialog.wait_find("Done", BUTTON))
        wait_closed(dialog)
        row = window.wait_row(TOKENS, "Night bot")
        expect("Can trade · Read, Trade, Never used" in row, f"the row says “{row}”")
        window.wait_says("^New$")
        expect("Night bot" in witness.list_tokens(), "the service doesn't have it")


def create_strong_token(tour, window):
    dialog = open_new_token(window)
    enter_name(dialog, "Payroll")
    tick(dialog, "Payments", "Admin")
    create(dialog)
    with tour.step("Copying a strong token says what its holder can do", "strong-token", dialog):
        dialog.click(dialog.wait_find("Copy", BUTTON))
        dialog.wait_says("Whoever has it can do everything")
    dialog.click(dialog.wait_find("Done", BUTTON))
    wait_closed(dialog)


def delete_token(tour, window, witness):
    name = "Night bot"
    window.click(window.wait_find(f"Delete token {name}", BUTTON), READING_SECONDS)
    question = wait_dialog(window)
    with tour.step("Delete asks first, and says what stops working", "delete-question", question):
        question.wait_says(f"^Delete “{name}”")
        question.wait_says("Programs that trade with it stop at once")
    with tour.step("The row says that it is being deleted", "deleting", window):
        answer(question, "Delete")
        window.wait_row(TOKENS, name, "Deleting…")
    with tour.step("The service's list lacks it: the row says “Deleted”, and a toast names it",
                   "deleted", window):
        window.wait_row(TOKENS, name, "Deleted")
        window.wait_says(f"“{name}” is deleted")
        expect(name not in witness.list_tokens(), "the service still has it")
    window.point_at_nothing()

    with tour.step("From the details, too", "delete-from-details", window):
        open_details(window, "Payroll", "Payroll")
        expect(window.find("Delete token Payroll", BUTTON) is not None
               or any(node.name == "Delete token Payroll" for node in window.frame.walk()),
               "the details have no button to delete it")
    window.app.key("Escape")
    wait_list(window)

    window.click(window.wait_find("Delete token Token Manager", BUTTON), READING_SECONDS)
    question = wait_dialog(window)
    with tour.step("The token of this program says what follows", "delete-own", question):
        question.wait_says("This program is signed in with it")
    answer(question, "Cancel")


def lose_the_answer(tour, window, tap, owner, words="", picture="", width=None):
    """Somebody hangs up between the request and its answer."""
    dialog = open_new_token(window, width)
    width = dialog.size[0]
    enter_name(dialog, "Lost one")
    tick(dialog, "Read")
    with tour.step(words + "The answer is lost: the list decides, and it was created",
                   picture + "secret-lost", dialog):
        tap.lose_answer("new_token")
        dialog.click(dialog.wait_find("Create", BUTTON), READING_SECONDS)
        dialog.wait_says("its secret was lost on the way")
        expect(len(tap.calls_of("new_token")) == 1, "it was asked for twice")
        expect_fits(dialog, width)
    with tour.step(words + "One click deletes it, and the form is as it was",
                   picture + "lost-deleted", dialog):
        dialog.click(dialog.wait_find("Delete “Lost one”", BUTTON), READING_SECONDS)
        dialog.wait_says("You can create another one now")
        expect("Lost one" not in owner.list_tokens(), "the service still has it")
        expect(dialog.wait_find("Name", ENTRY | ROW).text == "Lost one", "the name is gone")

    # Nobody is there while the program tries to come back.
    with tour.step(words + "The connection is gone before the service heard of it: it waits for "
                   "the list", picture + "waiting-for-list", dialog):
        tap.latency = 60
        port = tap.port
        dialog.click(dialog.wait_find("Create", BUTTON), READING_SECONDS)
        dialog.app.wait_for("the request", lambda: len(tap.calls_of("new_token")) == 2)
        tap.close()
        dialog.wait_says("The connection was lost before the service answered")
        dialog.wait_find("Try Now", BUTTON)
        expect_fits(dialog, width)
    again = Tap(tap.service_url, port)
    with tour.step(words + "Back again: it was not created, and all that was typed is there",
                   picture + "not-created", dialog):
        dialog.wait_says("The token was not created")
        expect(dialog.wait_find("Name", ENTRY | ROW).text == "Lost one", "the name is gone")
        dialog.wait_says("^View only$")
    create(dialog)
    window.app.key("ctrl+c")
    dialog.wait_says("^Copied")
    dialog.click(dialog.wait_find("Done", BUTTON))
    wait_closed(dialog)
    return again


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
        app.demo = demo
        # All rows are in sight.
        window.resize(820, 900)
        create_token(tour, window, witness)
        create_strong_token(tour, window)
        delete_token(tour, window, witness)
        look_at_apps(tour, window)
        revoke(tour, window, witness)
        lose_the_service(tour, window, demo, build_dir)


def show_lost_answers(tour, build_dir, words="", picture="", width=None, **look):
    with contextlib.ExitStack() as stack:
        demo = stack.enter_context(Demo(build_dir))
        owner = Client(demo.url, demo.token)
        stack.callback(owner.close)
        tap = Tap(demo.url)
        stack.callback(tap.close)
        app = stack.enter_context(tour.scene(words + "with lost answers", build_dir,
                                             f"--service={tap.url}", **look))
        app.sign_in(demo.token)
        app.window.wait_find(TOKENS, TAB)
        app.wait_for("the tokens", lambda: app.window.list_rows(TOKENS))
        again = lose_the_answer(tour, app.window, tap, owner, words, picture, width)
        stack.callback(again.close)


def show_a_lesser_token(tour, build_dir, words="", picture="", width=None, **look):
    with contextlib.ExitStack() as stack:
        demo = stack.enter_context(Demo(build_dir))
        owner = Client(demo.url, demo.token)
        stack.callback(owner.close)
        answer = owner.call(api_token=1, new_token="Only to look", new_token_scopes=["read"])
        secret = next(token["token"] for token in answer["tokens"]
                      if token["display_name"] == "Only to look")
        app = stack.enter_context(tour.scene(words + "with a token to look", build_dir,
                                             f"--service={demo.url}", **look))
        window = app.window
        if width is not None:
            window.resize(width, 860)
        with tour.step(words + "A token without Admin: the page says what it takes to see the "
                       "tokens", picture + "needs-admin", window):
            enter(window, secret)
            window.wait_find(TOKENS, TAB)
            window.wait_says("Need Admin")
        if words:
            return
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
            show_new_token_looks(tour, window, words, picture, dialog_width(width, font))
            with tour.step(f"{words}: the first page", f"{picture}-first-page", window):
                window.click(window.wait_find(re.compile("^SAMPLE"), BUTTON))
                window.click_menu_item("Sign Out")
                window.wait_find("API Token", ENTRY | ROW)
                expect_fits(window, width)
        for show, least in ((show_lost_answers, dialog_width(width, font)),
                            (show_a_lesser_token, width)):
            show(tour, build_dir, f"{words}: ", f"{picture}-", least, env=env, font=font)


def dialog_width(width, font):
    """How wide a dialog is above a window of that width."""
    return min(width, 480 if font is None else 720)


def show_new_token_looks(tour, window, words, picture, width):
    """Creating a token and deleting it."""
    dialog = open_new_token(window, width)
    with tour.step(f"{words}: a name that is taken", f"{picture}-taken-name", dialog):
        enter_name(dialog, "GRID BOT")
        dialog.wait_says("has this name already")
        expect_fits(dialog, width)
    with tour.step(f"{words}: a new token", f"{picture}-new-token", dialog):
        enter_name(dialog, "Night bot")
        tick(dialog, "Read", "Payments")
        dialog.wait_says("^Can move money$")
        expect_fits(dialog, width)
    with tour.step(f"{words}: the secret", f"{picture}-token-created", dialog):
        create(dialog)
        dialog.wait_says("^Not copied yet$")
        expect_fits(dialog, width)
    window.app.key("Escape")
    question = window.app.wait_for("the question",
                                   lambda: window.app.find_window([window, dialog]))
    with tour.step(f"{words}: closing before a copy", f"{picture}-not-copied", question):
        question.wait_says("never be shown again")
    answer(question, "Go Back")
    with tour.step(f"{words}: copied", f"{picture}-copied", dialog):
        dialog.click(dialog.wait_find("Copy", BUTTON))
        dialog.wait_says("Whoever has it can move your money")
        expect_fits(dialog, width)
    dialog.click(dialog.wait_find("Done", BUTTON))
    wait_closed(dialog)
    with tour.step(f"{words}: the new row", f"{picture}-new-row", window):
        window.wait_says("^New$")
    window.app.key("Delete")
    question = wait_dialog(window)
    with tour.step(f"{words}: deleting it", f"{picture}-delete", question):
        question.wait_says("^Delete “Night bot”")
    answer(question, "Delete")
    with tour.step(f"{words}: deleted", f"{picture}-deleted", window):
        window.wait_row(TOKENS, "Night bot", "Deleted")


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
        if re.fullmatch(r"\d\d\d?-.*\.png", name):
            os.remove(os.path.join(options.output, name))
    tour = Tour(options.output)
    build_dir = os.path.abspath(options.build_dir)
    for show in (show_the_service, show_lost_answers, show_a_lesser_token, show_the_sample,
                 show_looks):
        show(tour, build_dir)
    print(f"{tour.n_steps} steps, {tour.n_failed} failed; the pictures are in {options.output}")
    return 1 if tour.n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
