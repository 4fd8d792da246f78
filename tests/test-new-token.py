#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token is created once, its secret is shown once and goes nowhere else, and it is deleted when
somebody says so.

Real clicks and keys, against the sample service in another process, or against one that answers
with names that were made to deceive. What was asked for is counted on the wire.
"""

import contextlib
import json
import os
import re
import sys
import threading
import time

from accessible import BUTTON, CHECK, ENTRY, LABEL, ROW, TAB
from canary import LoudApp, read_accessible, read_home, read_process
from driver import READING_SECONDS, App, Cases, Demo, Failed, XServer, wait_for, x_input
from outlines import compare, take_option
from peer import TEXT, Client, Closed, Server, Tap, accept_handshake

TOKENS = "API Tokens"
SIZE = "1280x900"

# Without a window manager the keys go where the pointer is, and windows open at the corner of the
# screen: here the pointer is in each of them, and over nothing that minds.
REST = (150, 18)
# Over the question where to save, which has nothing there that a pointer changes.
IN_CHOOSER = (600, 330)
# How long a key is held, and how soon after the first click the second of a hasty hand comes.
HELD_SECONDS = 2
HASTE_SECONDS = 0.12
# How long the secret stays on the clipboard, and what a busy machine may add.
CLIPBOARD_SECONDS = 30
CLIPBOARD_PATIENCE = 60
MOST_KEYS = 20
SECRET_LENGTH = 15

NAME = "My_token 1"
# How often Tab leads from the name to the box of a permission.
PLACES = {"Read": 2, "Trade": 3, "Payments": 4, "Trading information": 5, "Admin": 6}

ASKS_FULL = "Give Full Control of the Account?"
ASKS_TYPED = "Discard What You Typed?"
ASKS_WORKING = "Close before the Service Has Answered?"
ASKS_UNCOPIED = "Close without a Copy?"
LOST = "its secret was lost on the way"
NOT_CREATED = "The token was not created: the service’s list doesn’t hold it"
CUT_OFF = "The connection was lost before the service answered"


def expect(condition, what):
    if not condition:
        raise Failed(what)


class Road(Tap):
    """The way to the service. It can be barred for a kind of call, and break off around one."""

    def __init__(self, url):
        super().__init__(url)
        self.bars = {}
        # Whether it breaks off before or after a token is created; None for neither.
        self.breaks = None
        self.broken = threading.Event()

    def bar(self, name):
        """Lets no call of that name through until it is lifted."""
        self.bars[name] = threading.Event()

    def lift(self, name):
        self.bars.pop(name).set()

    def mend(self):
        """Is there again at the same address."""
        self.breaks = None
        Server.__init__(self, self._pass_on, self.port)

    def close(self):
        for bar in self.bars.values():
            bar.set()
        if not self.broken.is_set():
            super().close()

    def _break_off(self):
        Tap.close(self)
        self.broken.set()
        raise Closed

    def _turn_away(self, opcode, payload, program):
        call = json.loads(payload) if opcode == TEXT else {}
        name = next((name for name in ("new_token", "delete_token") if name in call),
                    next(iter(call), None))
        if name in self.bars:
            self.bars[name].wait()
        if name == "new_token" and self.breaks == "before":
            self._break_off()
        return super()._turn_away(opcode, payload, program)

    def _pass_back(self, service, program):
        with contextlib.suppress(Closed):
            while True:
                opcode, payload = service.read_frame()
                if self.breaks == "after" and b'"new_token":1' in payload.replace(b" ", b""):
                    self._break_off()
                program.write(payload, opcode)
        program.close()


class Stage:
    """The program, signed in; the service at the end of a road; a witness; the X server."""

    def __init__(self, build_dir, *options, app=App, **app_options):
        self.build_dir = build_dir
        self.demo = Demo(build_dir, "--no-limits", *options)
        self.road = Road(self.demo.url)
        self.witness = Client(self.demo.url, self.demo.token)
        self.screen = XServer()
        self.app = app(build_dir, f"--service={self.road.url}", **app_options)
        self.window = self.app.window
        self.app.sign_in(self.demo.token)
        self.window.wait_find(TOKENS, TAB)
        self.app.wait_for("the list of tokens", lambda: self.window.list_rows(TOKENS))
        self.rest()
        # Rows that have just moved take no keys and clicks.
        x_input("sleep", READING_SECONDS)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self.rest()
            self.app.__exit__(kind)
        finally:
            self.road.close()
            self.witness.close()
            self.demo.__exit__()

    @staticmethod
    def rest():
        x_input("mousemove", *REST)

    def key(self, *keys):
        self.rest()
        self.app.key(*keys)

    def wait_window(self, title, above):
        """The window of that title that opens above the windows ABOVE."""
        def look():
            found = self.app.find_window(above)
            return found if found and re.search(title, found.frame.name) else None

        return self.app.wait_for(f"a window with the title “{title}”", look)

    def wait_closed(self, window):
        self.app.wait_for("a window to close", lambda: not window.is_open)

    def open_form(self):
        self.key("ctrl+n")
        return self.wait_window("^New Token$", [self.window])

    def fill(self, form, name, *scopes):
        """Types a name and ticks boxes, by keys."""
        self.rest()
        self.app.type(name)
        entry = form.wait_find("Name", ENTRY | ROW)
        self.app.wait_for("the name that was typed", lambda: entry.text == name)
        at = 0
        keys = []
        for scope in scopes:
            keys += ["Tab"] * (PLACES[scope] - at) + ["space"]
            at = PLACES[scope]
        self.app.key(*keys)
        self.wait_ticked(form, *scopes)

    def wait_ticked(self, form, *scopes):
        self.app.wait_for("the boxes that were ticked", lambda: {
            node.name.split()[0] for node in form.frame.walk()
            if node.role in CHECK and node.has_state(4)} == {scope.split()[0] for scope in scopes})

    def open_filled(self, name=NAME, *scopes):
        form = self.open_form()
        self.fill(form, name, *(scopes or ("Read",)))
        return form

    def wait_secret(self, form):
        """The secret, once it is shown."""
        self.app.wait_for("the token to be created", lambda: form.frame.name == "Token Created")
        return self.app.wait_for("the secret", lambda: find_secret(form))[1]

    def create(self, name=NAME, *scopes):
        """Creates a token by keys; returns the dialog, and the secret."""
        form = self.open_filled(name, *scopes)
        self.app.key("ctrl+Return")
        if "Admin" in scopes:
            self.confirm(form)
        return form, self.wait_secret(form)

    def confirm(self, form):
        """Says yes to what an Admin token means."""
        question = self.ask(ASKS_FULL, [self.window, form])
        question.click(question.wait_find(re.compile("Give Full Control$"), BUTTON),
                       READING_SECONDS)
        self.wait_closed(question)
        self.rest()

    def discard(self, form):
        """Closes the dialog after something was typed, which asks."""
        self.key("Escape")
        question = self.ask(ASKS_TYPED, [self.window, form])
        question.click(question.wait_find(re.compile("Discard$"), BUTTON), READING_SECONDS)
        self.wait_closed(form)

    def copy(self, form):
        self.key("ctrl+c")
        form.wait_says("^Copied. Cleared in")

    def dismiss(self, form):
        """Closes the dialog after the secret was copied."""
        self.key("Escape")
        self.wait_closed(form)

    def ask(self, title, above):
        return self.wait_window("^" + re.escape(title) + "$", above)

    def wait_focus(self, window, name):
        self.app.wait_for(f"the focus on “{name}”", lambda: any(
            node.is_focused and re.search(name, node.name) for node in window.frame.walk()))

    def listed(self):
        """The names of the tokens, as the service has them."""
        return [token["display_name"] for token in self.witness.call(api_token=1)["tokens"]]

    def expect_calls(self, name, *arguments):
        calls = self.road.calls_of(name)
        expect(calls == list(arguments), f"the calls of {name} were {calls}, not {list(arguments)}")

    def can_sign_in(self, secret):
        """Whether the service lets anybody in with it."""
        try:
            Client(self.demo.url, secret).close()
        except AssertionError:
            return False
        return True


def find_secret(form):
    """Where a secret stands in FORM, and what it is."""
    for node in form.frame.walk():
        text = node.all_text if node.role in LABEL else ""
        if re.fullmatch(r"[A-Za-z0-9]{%d}" % SECRET_LENGTH, text):
            return node, text
    return None


class Keyboard:
    """Counts the keys that are pressed; of two that are held together, both."""

    def __init__(self):
        self.count = 0

    def press(self, *keys):
        self.count += sum(len(key.split("+")) for key in keys)
        x_input("key", *keys)


def keyboard_alone(build_dir):
    with Stage(build_dir) as stage:
        keys = Keyboard()
        keys.press("ctrl+n")
        form = stage.wait_window("^New Token$", [stage.window])
        stage.app.type(NAME)
        keys.press("Tab", "Down", "space")
        stage.wait_ticked(form, "Read", "Trade")
        keys.press("ctrl+Return")
        secret = stage.wait_secret(form)
        stage.wait_focus(form, "Copy")
        keys.press("Return")
        form.wait_says("^Copied. Cleared in")
        expect(stage.screen.read_selection("CLIPBOARD") == secret, "it was not the secret")
        expect(stage.can_sign_in(secret), "nobody can sign in with what was copied")
        keys.press("Escape")
        stage.wait_closed(form)
        stage.wait_focus(stage.window, f"^{NAME}, ")
        stage.window.wait_says("^New$")
        keys.press("Delete")
        question = stage.ask(f"Delete “{NAME}”?", [stage.window])
        stage.wait_focus(question, "Cancel")
        keys.press("Tab")
        stage.wait_focus(question, "Delete$")
        keys.press("Return")
        stage.window.wait_says(f"^“{NAME}” is deleted$")
        stage.window.wait_row(TOKENS, NAME, "Deleted")
        expect(not stage.can_sign_in(secret), "the token still works")
        stage.expect_calls("new_token", NAME)
        stage.expect_calls("delete_token", "*" * 11 + secret[-4:])
        print(f"{keys.count} keys")
        expect(keys.count < MOST_KEYS, f"that took {keys.count} keys, not under {MOST_KEYS}")


def settle(stage, form):
    """Whatever is on the screen after too many clicks and keys, somebody copies and is done."""
    def is_done():
        question = stage.app.find_window([stage.window, form])
        if question is not None:
            stage.key("Escape")
        return question is None and form.frame.name == "Token Created"

    stage.app.wait_for("the secret and no question", is_done)
    stage.window.wait_row(TOKENS, NAME)
    stage.copy(form)
    stage.dismiss(form)
    stage.wait_focus(stage.window, f"^{NAME}, ")
    # One more that is meant, by whose end anything else would have been sent.
    stage.road.latency = 0
    form, _secret = stage.create("Another one")
    stage.copy(form)
    stage.dismiss(form)
    stage.expect_calls("new_token", NAME, "Another one")
    expect(stage.listed().count(NAME) == 1, f"the service has {stage.listed()}")


def create_ten_times(build_dir, latency, delay):
    with Stage(build_dir) as stage:
        stage.road.latency = latency
        form = stage.open_filled()
        x_input("key", "--delay", delay, *["ctrl+Return"] * 10)
        settle(stage, form)


def create_before_the_list(build_dir):
    """The secret is there, and the list, which would say that the name is taken, is not."""
    with Stage(build_dir) as stage:
        stage.road.bar("api_token")
        form, secret = stage.create()
        stage.key(*["ctrl+Return"] * 3)
        # What was sent is seen at once, though it isn't let through.
        x_input("sleep", READING_SECONDS)
        stage.expect_calls("new_token", NAME)
        expect(stage.wait_secret(form) == secret, "the secret is not shown any more")
        expect(not any("Not accepted" in text for text in form.texts()), "it was created again")
        stage.road.lift("api_token")
        settle(stage, form)


def list_comes_late(build_dir):
    """The dialog is closed before the list has the token: then, too, its row gets the focus."""
    with Stage(build_dir) as stage:
        stage.road.bar("api_token")
        form, _secret = stage.create()
        stage.copy(form)
        stage.dismiss(form)
        stage.road.lift("api_token")
        stage.window.wait_row(TOKENS, NAME)
        stage.wait_focus(stage.window, f"^{NAME}, ")


def click_twice(form):
    """On Create, as a hasty hand does."""
    x, y = form.to_screen(*form.wait_find(re.compile("Create$"), BUTTON).center)
    x_input("mousemove", x, y, "sleep", READING_SECONDS, "click", "1", "sleep", HASTE_SECONDS,
            "mousemove_relative", "1", "0", "click", "1")


def create_by_double_click(build_dir, latency):
    with Stage(build_dir) as stage:
        stage.road.latency = latency
        form = stage.open_filled()
        click_twice(form)
        settle(stage, form)


def create_by_holding(build_dir, latency):
    with Stage(build_dir) as stage:
        stage.road.latency = latency
        form = stage.open_filled()
        # Back in the name, where Return creates.
        stage.key(*["shift+Tab"] * PLACES["Read"])
        x_input("keydown", "Return", "sleep", HELD_SECONDS, "keyup", "Return")
        settle(stage, form)


def hold_return(stage, _form):
    """In the name, where Return creates."""
    stage.key(*["shift+Tab"] * PLACES["Admin"])
    x_input("keydown", "Return", "sleep", HELD_SECONDS, "keyup", "Return")


def press_ten_times(_stage, _form):
    x_input("key", "--delay", 100, *["ctrl+Return"] * 10)


def confirm_in_haste(build_dir, hurry):
    """What leads to the question about an Admin token doesn't answer it, however often."""
    with Stage(build_dir) as stage:
        form = stage.open_filled(NAME, "Read", "Admin")
        hurry(stage, form)
        question = stage.ask(ASKS_FULL, [stage.window, form])
        stage.wait_focus(question, "Go Back")
        x_input("sleep", READING_SECONDS)
        stage.expect_calls("new_token")
        stage.key("Return")
        stage.wait_closed(question)
        expect(form_is(form, NAME, "Read", "Admin"), "the form is not as it was")
        # What is meant comes after whatever was not.
        stage.key("ctrl+Return")
        stage.confirm(form)
        stage.wait_secret(form)
        stage.copy(form)
        stage.dismiss(form)
        stage.expect_calls("new_token", NAME)


def row_button(stage, name):
    return stage.window.wait_find(f"Delete token {name}", BUTTON)


def details_button(stage, name):
    """The button on the details page, which stands below what can be read there."""
    x_input("mousemove", 400, 500, *["click", "5"] * 40)

    def look():
        frame = stage.window.frame
        return next((node for node in frame.walk() if node.role in BUTTON
                     and node.name == f"Delete token {name}"
                     and stage.window.is_showing(node, frame)), None)

    return stage.app.wait_for("the button of the details", look)


def delete_by_double_click(build_dir):
    """The second click meets a question, which doesn't take it for an answer."""
    with Stage(build_dir) as stage:
        x, y = stage.window.to_screen(*row_button(stage, "Monthly report").center)
        x_input("mousemove", x, y, "sleep", READING_SECONDS, "click", "1", "sleep", HASTE_SECONDS,
                "mousemove_relative", "1", "0", "click", "1")
        question = stage.ask("Delete “Monthly report”?", [stage.window])
        stage.expect_calls("delete_token")
        answer_twice(stage, question, "Monthly report")


def answer_twice(stage, question, name):
    before = stage.listed()
    value = next(token["token"] for token in stage.witness.call(api_token=1)["tokens"]
                 if token["display_name"] == name)
    button = question.wait_find(re.compile("Delete$"), BUTTON)
    x_input("mousemove", *question.to_screen(*button.center), "sleep", READING_SECONDS, "click",
            "1", "sleep", HASTE_SECONDS, "mousemove_relative", "1", "0", "click", "1")
    stage.window.wait_row(TOKENS, name, "Deleted")
    expect(stage.app.find_window([stage.window]) is None, "there is another question")
    stage.expect_calls("delete_token", value)
    expect(stage.listed() == [one for one in before if one != name], "another one is gone, too")


def delete_by_holding(build_dir):
    """Return is Cancel, however long it is held, and whatever it meets then."""
    with Stage(build_dir) as stage:
        row = next(row for row in stage.window.frame.walk()
                   if row.role in ROW and row.name.startswith("Old payout script,"))
        stage.key("Down", "Down")
        stage.wait_focus(stage.window, re.escape(row.name))
        stage.key("Delete")
        question = stage.ask("Delete “Old payout script”?", [stage.window])
        stage.wait_focus(question, "Cancel")
        x_input("keydown", "Return", "sleep", HELD_SECONDS, "keyup", "Return")
        stage.wait_closed(question)
        # Something that is meant, to wait for.
        while stage.app.find_window([stage.window]):
            stage.key("Escape")
        stage.key("ctrl+1")
        stage.app.wait_for("the list", lambda: not stage.window.find("Back", BUTTON))
        stage.window.click(row_button(stage, "Spare bot"), READING_SECONDS)
        answer_twice(stage, stage.ask("Delete “Spare bot”?", [stage.window]), "Spare bot")


def delete_by_space(build_dir):
    """The same for the details page, and for Escape and the cross."""
    with Stage(build_dir) as stage:
        stage.key("Down", "Down", "Return")
        stage.window.wait_find("Back", BUTTON)
        for close in (lambda x_id: stage.key("Escape"), stage.screen.close_window,
                      lambda x_id: stage.key("space")):
            stage.window.click(details_button(stage, "Old payout script"), READING_SECONDS)
            question = stage.ask("Delete “Old payout script”?", [stage.window])
            stage.wait_focus(question, "Cancel")
            close(question.x_id)
            stage.wait_closed(question)
        stage.expect_calls("delete_token")
        stage.window.click(details_button(stage, "Old payout script"), READING_SECONDS)
        question = stage.ask("Delete “Old payout script”?", [stage.window])
        question.click(question.wait_find(re.compile("Delete$"), BUTTON))
        stage.window.wait_says("^“Old payout script” is deleted$")
        stage.app.wait_for("the list", lambda: not stage.window.find("Back", BUTTON))
        expect(stage.road.count("delete_token") == 1, "it was deleted twice")


def ways_to_close(stage):
    """How people close a dialog, by name; each is given the dialog."""
    return {
        "Escape": lambda form: stage.key("Escape"),
        "Ctrl+W": lambda form: stage.key("ctrl+w"),
        "Ctrl+Q": lambda form: stage.key("ctrl+q"),
        "the cross": lambda form: stage.screen.close_window(form.x_id),
    }


def close_in_the_middle(stage, form, title, is_as_before):
    """Every way to close asks; who goes back has everything as it was."""
    # What lies behind it can't be closed.
    stage.screen.close_window(stage.window.x_id)
    for name, close in ways_to_close(stage).items():
        for answer in ("Escape", "Return"):
            close(form)
            try:
                question = stage.ask(title, [stage.window, form])
            except Failed as failed:
                raise Failed(f"{name}: {failed}") from None
            stage.wait_focus(question, "Go Back")
            stage.key(answer)
            stage.wait_closed(question)
            stage.app.wait_for(f"{name}, Go Back: all as it was", is_as_before)
    stage.app.check_alive()


def close_for_good(stage, form, title, close):
    close(form)
    question = stage.ask(title, [stage.window, form])
    question.click(question.wait_find(re.compile("Close$"), BUTTON), READING_SECONDS)
    stage.wait_closed(form)


def form_is(form, name, *scopes):
    """Whether the form stands as it was filled in."""
    ticked = {node.name.split()[0] for node in form.frame.walk()
              if node.role in CHECK and node.has_state(4)}
    entry = next((node for node in form.frame.walk()
                  if node.role in ENTRY | ROW and node.name == "Name"), None)
    return entry is not None and entry.text == name and ticked == set(scopes)


def close_while_creating(build_dir):
    with Stage(build_dir) as stage:
        for number, (name, close) in enumerate(ways_to_close(stage).items()):
            token = f"Token {number}"
            stage.road.bar("new_token")
            form = stage.open_filled(token)
            stage.app.key("ctrl+Return")
            stage.app.wait_for("the call", lambda token=token: token in
                               stage.road.calls_of("new_token"))
            if number == 0:
                close_in_the_middle(stage, form, ASKS_WORKING, lambda form=form, token=token: (
                    form.is_open and form_is(form, token, "Read")))
            close_for_good(stage, form, ASKS_WORKING, close)
            stage.road.lift("new_token")
            # It was sent, and is not forgotten.
            stage.app.wait_for(f"{name}: the token in the list", lambda token=token:
                               stage.window.find_row(TOKENS, token))
        expect(stage.road.count("new_token") == len(ways_to_close(stage)), "it was sent twice")


def answer_while_asked(build_dir):
    """The answer comes while the question is open: then there is another thing to ask."""
    with Stage(build_dir) as stage:
        stage.road.bar("new_token")
        form = stage.open_filled()
        stage.app.key("ctrl+Return", "Escape")
        question = stage.ask(ASKS_WORKING, [stage.window, form])
        stage.road.lift("new_token")
        stage.app.wait_for("the secret", lambda: form.frame.name == "Token Created")
        stage.wait_closed(question)
        stage.wait_secret(form)
        stage.key("Escape")
        stage.wait_closed(stage_go_back(stage, form))
        stage.copy(form)
        stage.dismiss(form)
        stage.expect_calls("new_token", NAME)


def stage_go_back(stage, form):
    question = stage.ask(ASKS_UNCOPIED, [stage.window, form])
    stage.key("Return")
    return question


def close_uncopied(build_dir):
    with Stage(build_dir) as stage:
        for number, (name, close) in enumerate(ways_to_close(stage).items()):
            form, secret = stage.create(f"Token {number}")
            if number == 0:
                close_in_the_middle(stage, form, ASKS_UNCOPIED, lambda form=form, secret=secret: (
                    form.is_open and stage.wait_secret(form) == secret
                    and form.says("^Not copied yet$")))
            close_for_good(stage, form, ASKS_UNCOPIED, close)
            expect(not stage.screen.read_selection("CLIPBOARD"), f"{name}: it was copied")


def close_copied(build_dir):
    with Stage(build_dir) as stage:
        for number, (name, close) in enumerate(ways_to_close(stage).items()):
            form, _secret = stage.create(f"Token {number}")
            stage.copy(form)
            # What ends the program has a case of its own.
            if name == "Ctrl+Q":
                form.click(form.wait_find(re.compile("Done$"), BUTTON))
            else:
                close(form)
            stage.wait_closed(form)
            expect(stage.app.find_window([stage.window]) is None, f"{name}: it asks")
        stage.dismiss(stage.open_form())
        expect(stage.app.find_window([stage.window]) is None, "nothing was typed: it asks")


def close_typed(build_dir):
    """What was typed and ticked is not lost by a slip of the hand."""
    with Stage(build_dir) as stage:
        form = stage.open_filled()
        close_in_the_middle(stage, form, ASKS_TYPED, lambda: (
            form.is_open and form_is(form, NAME, "Read")))
        stage.discard(form)
        stage.expect_calls("new_token")


def save(build_dir):
    """Saved to a file, which is the owner's alone and holds nothing else, it isn't asked about."""
    home = os.environ["HOME"]
    path = os.path.join(home, NAME + ".token")
    with Stage(build_dir) as stage:
        form, secret = stage.create()
        form.click(form.wait_find("Save to a File…", BUTTON), READING_SECONDS)
        chooser = stage.app.wait_for("the question where to", lambda: next(
            (node for node in stage.app.program.look() if node.name == "Save Secret"), None))
        # It has read the folder when it shows which one that is.
        stage.app.wait_for("the folder", lambda: any(
            node.name == os.path.basename(home) and node.has_size for node in chooser.walk()))
        # Without a window manager the keys go where the pointer is.
        x_input("mousemove", *IN_CHOOSER, "key", "Return")
        form.wait_says(f"^Saved as “{NAME}.token” in ")
        with open(path, encoding="ascii") as file:
            expect(file.read() == secret, "the file holds something else")
        expect(os.stat(path).st_mode & 0o7777 == 0o600, "others can read the file")
        expect(os.listdir(home) == [NAME + ".token"], "there is more than the file")
        stage.rest()
        stage.key("Escape")
        stage.wait_closed(form)
        expect(stage.app.find_window([stage.window]) is None, "it asks")


def end_copied(build_dir, close_first):
    """What ends the program ends it without a question, and the clipboard is empty at once."""
    with Stage(build_dir) as stage:
        # Who keeps what is on the clipboard when a program ends.
        stage.screen.take("CLIPBOARD_MANAGER")
        form, secret = stage.create()
        stage.copy(form)
        expect(stage.screen.read_selection("CLIPBOARD") == secret, "it was not the secret")
        if close_first:
            stage.dismiss(form)
            stage.screen.close_window(stage.window.x_id)
        else:
            stage.key("ctrl+q")
        wait_for("the end of the program", lambda: (
            stage.app.process.poll() is not None or stage.screen.is_asked()))
        expect(stage.app.process.poll() is not None, "it hands the secret on to be kept")
        expect(not stage.screen.is_asked(), "it handed the secret on to be kept")
        expect(not stage.screen.read_selection("CLIPBOARD"), "the clipboard is not empty")


def break_off(stage, form, breaks):
    """Creates a token, which ends in a broken connection."""
    stage.road.breaks = breaks
    stage.app.key("ctrl+Return")
    stage.confirm(form)
    stage.app.wait_for("the connection to break", stage.road.broken.is_set)
    form.wait_says(CUT_OFF)


def mend(stage, form, sentence):
    """The service is back, and says how things stand."""
    # The program tries by itself, too, and may be quicker. Until its list is through, the button
    # can't become another one under the pointer.
    stage.road.bar("api_token")
    stage.road.mend()
    stage.road.broken.clear()
    button = form.find("Try Now", BUTTON)
    if button is not None:
        form.click(button)
    stage.road.lift("api_token")
    form.wait_says(sentence)
    stage.app.wait_for("the form as it was filled in", lambda: form_is(
        form, NAME, "Read", "Admin"))


def create_again(stage, form):
    stage.rest()
    stage.app.wait_for("the button Create", lambda: form.find(
        re.compile("Create$"), BUTTON).is_sensitive)
    stage.key("ctrl+Return")
    stage.confirm(form)
    secret = stage.wait_secret(form)
    expect(stage.can_sign_in(secret), "the secret is none")
    stage.copy(form)
    stage.dismiss(form)
    stage.expect_calls("new_token", NAME, NAME)
    expect(stage.listed().count(NAME) == 1, f"the service has {stage.listed()}")


def break_before(build_dir):
    with Stage(build_dir) as stage:
        form = stage.open_filled(NAME, "Read", "Admin")
        break_off(stage, form, "before")
        mend(stage, form, NOT_CREATED)
        create_again(stage, form)


def break_after(build_dir):
    with Stage(build_dir) as stage:
        form = stage.open_filled(NAME, "Read", "Admin")
        break_off(stage, form, "after")
        expect(NAME in stage.listed(), "the service has not created it")
        mend(stage, form, LOST)
        form.click(form.wait_find(f"Delete “{NAME}”", BUTTON), READING_SECONDS)
        form.wait_says("^It is deleted. You can create another one now.$")
        expect(NAME not in stage.listed(), "the service still has it")
        create_again(stage, form)
        expect(stage.road.count("delete_token") == 1, "it was not deleted once")


def lose_memory(build_dir):
    """The service has created it, dies, and comes back as it was before."""
    with Stage(build_dir) as stage:
        form = stage.open_filled(NAME, "Read", "Admin")
        break_off(stage, form, "after")
        stage.witness.close()
        stage.demo.kill()
        stage.demo.__exit__()
        stage.demo = Demo(build_dir, "--no-limits", f"--port={stage.demo.port}",
                          f"--token={stage.demo.token}")
        stage.witness = Client(stage.demo.url, stage.demo.token)
        mend(stage, form, NOT_CREATED)
        create_again(stage, form)


def taken_meanwhile(build_dir):
    """Somebody else creates one of that name while the connection is broken."""
    with Stage(build_dir) as stage:
        form = stage.open_filled(NAME, "Read", "Admin")
        break_off(stage, form, "before")
        stage.witness.call(api_token=1, new_token=NAME, new_token_scopes=["trade"])
        mend(stage, form, "^Not accepted: The name is taken.$")
        expect(not form.find(re.compile("^Delete"), BUTTON), "it would delete somebody else’s")
        stage.discard(form)


# The name as the service has it, and how it is shown.
HOSTILE = {
    "markup": ("<b>bold</b> &amp; <i>", "<b>bold</b> &amp; <i>"),
    "a right-to-left override": ("\u202egpj.exe", "[U+202E]gpj.exe"),
    "a line break": ("one\ntwo", "one[U+000A]two"),
    "10,000 characters": ("W" * 10000, "W" * 80 + "…"),
}


class HostileTokens:
    """A service that lists tokens of such names, and deletes them."""

    def __init__(self):
        self.tokens = [{"display_name": name, "token": f"*****{number:04}", "scopes": ["read"],
                        "last_used": "", "valid_for_ip": ""}
                       for number, name in enumerate([*(name for name, _ in HOSTILE.values()),
                                                      "Ordinary"])]

    def answer(self, call):
        if "authorize" in call:
            return "authorize", {"loginid": "SAMPLE9", "scopes": ["read", "admin"], "currency": "",
                                 "is_virtual": 0}
        if "delete_token" in call:
            self.tokens = [token for token in self.tokens if token["token"] != call["delete_token"]]
            return "api_token", {"delete_token": 1, "tokens": self.tokens}
        if "api_token" in call:
            return "api_token", {"tokens": self.tokens}
        return ("oauth_apps", []) if "oauth_apps" in call else ("ping", "pong")

    def serve(self, stream):
        accept_handshake(stream)
        while True:
            call = stream.read_json()
            name, value = self.answer(call)
            stream.write_json({"echo_req": {}, "msg_type": name, name: value,
                               "req_id": call["req_id"]})


def hostile_names(build_dir):
    server = Server(HostileTokens().serve)
    with contextlib.closing(server), App(build_dir, f"--service={server.url}") as app:
        window = app.window
        app.sign_in("abcDEF123456789")
        window.wait_find(TOKENS, TAB)
        for name, (_, shown) in HOSTILE.items():
            yield name, delete_hostile(app, window, shown)


def delete_hostile(app, window, shown):
    try:
        button = window.wait_find(f"Delete token {shown}", BUTTON)
        window.click(button, READING_SECONDS)
        question = app.wait_for("the question", lambda: app.find_window([window]))
        question.wait_says("^" + re.escape(f"Delete “{shown}”?") + "$")
        width, height = question.size
        expect(width <= 500 and height <= 500, f"the question is {width} by {height} large")
        question.click(question.wait_find(re.compile("Delete$"), BUTTON))
        window.wait_says("^" + re.escape(f"“{shown}” is deleted") + "$")
        window.point_at_nothing()
        app.wait_for("the row to leave", lambda: not window.find_row(TOKENS, shown))
    except Failed as failed:
        return str(failed)
    return None


def focus(window):
    """Where two programs want the keys, WINDOW gets them."""
    x_input("windowfocus", window.x_id)


def forgive_leaks():
    """For a program that pastes, hands out what it copied, or lets a selection be dragged: GDK 4.8
    leaks what it works with there."""
    return {"ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}


class OtherApp(App):
    """A second Token Manager on the same screen, beside the first."""

    LEFT = 660

    def __init__(self, build_dir, *options):
        super().__init__(build_dir, *options, env=forgive_leaks())
        self.put_aside(self.window)
        x_input("windowsize", self.window.x_id, 600, 800)

    def put_aside(self, window):
        x_input("windowmove", window.x_id, self.LEFT, 0)

    def quit(self):
        if self.process.poll() is None:
            x_input("mousemove", self.LEFT + REST[0], REST[1])
            focus(self.window)
        super().quit()


def paste_and_wait(build_dir):
    """The secret is pasted into another program, and has left the clipboard when its time is up."""
    with Stage(build_dir, env=forgive_leaks()) as stage:
        form, secret = stage.create(NAME, "Read", "Admin")
        stage.copy(form)
        copied = time.monotonic()
        with OtherApp(build_dir, f"--service={stage.demo.url}") as other:
            entry = other.window.wait_find("API Token", ENTRY | ROW)
            other.window.click(entry)
            focus(other.window)
            other.key("ctrl+v")
            other.wait_for("the pasted secret", lambda: len(entry.text) == len(secret))
            other.key("Return")
            other.window.wait_find(TOKENS, TAB)
            other.window.wait_row(TOKENS, NAME)
            row = next(node for node in other.window.frame.walk()
                       if node.role in ROW and node.name.startswith(NAME + ","))
            other.window.wait_find("This program", LABEL, row)
        focus(form)
        stage.app.wait_for("the clipboard to be empty", lambda: not
                           stage.screen.read_selection("CLIPBOARD"), CLIPBOARD_PATIENCE)
        expect(time.monotonic() - copied > CLIPBOARD_SECONDS - 2, "that was too soon")
        form.wait_says("^Copied, and cleared from the clipboard$")
        stage.dismiss(form)


def copy_something_else(build_dir):
    """What somebody copies meanwhile is his own, when the time is up and when the program ends."""
    with OtherApp(build_dir, "--demo") as other:
        other.wait_for("its tokens", lambda: other.window.list_rows(TOKENS))
        with Stage(build_dir, env=forgive_leaks()) as stage:
            form, _secret = stage.create()
            stage.copy(form)
            x_input("mousemove", OtherApp.LEFT + REST[0], REST[1])
            focus(other.window)
            other.key("ctrl+n")
            typing = other.wait_for("its form", lambda: other.find_window([other.window]))
            other.put_aside(typing)
            focus(typing)
            other.key("s", "h", "o", "p", "ctrl+a", "ctrl+c")
            other.wait_for("the other text on the clipboard", lambda:
                           stage.screen.read_selection("CLIPBOARD") == "shop")
            form.wait_says("^Copied, and replaced by something else since$")
            x_input("sleep", CLIPBOARD_SECONDS + 2)
            expect(stage.screen.read_selection("CLIPBOARD") == "shop", "the time took it away")
            focus(form)
            stage.dismiss(form)
            focus(stage.window)
        expect(stage.screen.read_selection("CLIPBOARD") == "shop", "the end took it away")
        x_input("mousemove", OtherApp.LEFT + REST[0], REST[1])
        focus(typing)
        other.key("ctrl+a", "BackSpace", "Escape")
        other.wait_for("its form to close", lambda: not typing.is_open)


def expect_nowhere(stage, secrets, accessible):
    """None of SECRETS is where it may not be."""
    places = dict(read_home(), log=stage.app.read_errors().encode(),
                  process=read_process(stage.app))
    if accessible:
        places["what assistive technology is told"] = read_accessible(stage.app)
    for place, said in places.items():
        for secret in secrets:
            expect(secret.encode() not in said, f"a secret is in: {place}")
    for selection in ("PRIMARY",) if accessible else ():
        expect(not stage.screen.read_selection(selection), f"{selection} has something")


def canary(build_dir, *options):
    """Secrets are in no log, file, name or argument, and are told to nobody once it is closed."""
    with Stage(build_dir, *options, app=LoudApp) as stage:
        secrets = {stage.demo.token} | {
            token["token"] for token in stage.witness.call(api_token=1)["tokens"]
            if "*" not in token["token"]}
        expect(len(secrets) == (6 if options else 1), f"the service lists {len(secrets)} secrets")
        form, secret = stage.create()
        secrets.add(secret)
        expect(secret not in form.frame.name, "it is in the title")
        expect_nowhere(stage, secrets, False)
        expect(not stage.screen.is_owned("PRIMARY"), "PRIMARY has something")
        stage.copy(form)
        stage.dismiss(form)
        expect(stage.app.read_errors(), "the program said nothing at all")
        expect_nowhere(stage, secrets, True)
        stage.key("Return")
        stage.window.wait_find("Back", BUTTON)
        expect_nowhere(stage, secrets, True)
        stage.key("Escape")
        stage.app.wait_for("the list", lambda: not stage.window.find("Back", BUTTON))
        stage.wait_focus(stage.window, f"^{NAME}, ")
        stage.key("Delete")
        question = stage.ask(f"Delete “{NAME}”?", [stage.window])
        expect_nowhere(stage, secrets, True)
        question.click(question.wait_find(re.compile("Delete$"), BUTTON))
        stage.window.wait_says(f"^“{NAME}” is deleted$")
        expect_nowhere(stage, secrets, True)
        form = stage.open_form()
        expect_nowhere(stage, secrets, True)
        stage.dismiss(form)
        stage.rest()
        stage.app.quit()
        for path, said in dict(read_home(), log=stage.app.read_errors().encode()).items():
            expect(not any(one.encode() in said for one in secrets), f"in the end it is in: {path}")


def select_by_mouse(build_dir):
    """Nothing but what somebody selects is there to be pasted by the middle button."""
    with Stage(build_dir, env=forgive_leaks()) as stage:
        form, secret = stage.create()
        expect(not stage.screen.is_owned("PRIMARY"), "nobody selected anything")
        x, y = form.to_screen(*find_secret(form)[0].center)
        x_input("mousemove", x, y, *["click", "1"] * 3)
        stage.app.wait_for("the selected secret", lambda:
                           stage.screen.read_selection("PRIMARY") == secret)
        x_input("mousemove", x, y + 60, "sleep", READING_SECONDS, "click", "1")
        x_input("mousemove", x - 190, y, "mousedown", "1", "mousemove", x, y, "mousemove", x + 190,
                y, "mouseup", "1")
        stage.app.wait_for("the secret that was dragged over", lambda:
                           stage.screen.read_selection("PRIMARY") == secret)
        expect(form.says("^Not copied yet$"), "it was copied")
        stage.copy(form)
        stage.dismiss(form)
        expect(not stage.screen.read_selection("PRIMARY"), "it is still selected")


def accessible_tree(build_dir):
    with Stage(build_dir) as stage:
        form = stage.open_form()
        form.wait_says("6 of 30 used$")
        yield "new-token-empty", compare("new-token-empty", form.outline())
        # The service has one of that name, and the list doesn’t know it yet.
        stage.witness.call(api_token=1, new_token=NAME, new_token_scopes=["read"])
        stage.fill(form, NAME, "Read", "Admin")
        stage.wait_focus(form, "^Admin")
        form.wait_says("^You answer for every transaction")
        yield "new-token-filled", compare("new-token-filled", form.outline())
        stage.key("ctrl+Return")
        question = stage.ask(ASKS_FULL, [stage.window, form])
        stage.wait_focus(question, "Go Back")
        yield "new-token-confirm", compare("new-token-confirm", question.outline())
        stage.confirm(form)
        form.wait_says("^Not accepted")
        yield "new-token-refused", compare("new-token-refused", form.outline())
        stage.key("ctrl+a")
        stage.app.type("Second")
        stage.key("ctrl+Return")
        stage.confirm(form)
        secret = stage.wait_secret(form)
        stage.wait_focus(form, "Copy")
        yield "new-token-secret", compare("new-token-secret", form.outline([secret]))
        stage.key("Escape")
        question = stage.ask(ASKS_UNCOPIED, [stage.window, form])
        stage.wait_focus(question, "Go Back")
        yield "new-token-uncopied", compare("new-token-uncopied", question.outline([secret]))
        stage.key("Escape")
        stage.wait_closed(question)
        stage.copy(form)
        stage.dismiss(form)
        stage.wait_focus(stage.window, "^Second, ")
        stage.key("Delete")
        question = stage.ask("Delete “Second”?", [stage.window])
        stage.wait_focus(question, "Cancel")
        yield "delete-question", compare("delete-question", question.outline([secret]))
        stage.key("Escape")
        stage.wait_closed(question)


def main():
    cases = Cases(size=SIZE, at_once=5)
    # These do little but wait for the clipboard, and the others go on beside them.
    cases.add("a secret is pasted, and gone when its time is up", paste_and_wait)
    cases.add("what is copied after the secret stays", copy_something_else)
    cases.add("keys alone create, copy and delete a token", keyboard_alone)
    for speed, latency in (("at once", 0), ("after 1 s", 1)):
        for name, function, *arguments in (
                ("ten times Ctrl+Return creates one token", create_ten_times, 1),
                ("ten times Ctrl+Return in a second creates one token", create_ten_times, 100),
                ("a double click on Create creates one token", create_by_double_click),
                ("Return held down creates one token", create_by_holding)):
            cases.add(f"{name}, answer {speed}", function, latency, *arguments)
    for name, hurry in (("ten times Ctrl+Return", press_ten_times), ("Return held down", hold_return),
                        ("a double click", lambda _stage, form: click_twice(form))):
        cases.add(f"{name} confirms no Admin token", confirm_in_haste, hurry)
    cases.add("creating again before the list is there creates one token", create_before_the_list)
    cases.add("the row of a new token has the focus, however late it comes", list_comes_late)
    cases.add("a double click on Delete asks once and deletes nothing", delete_by_double_click)
    cases.add("Return held down in the question deletes nothing", delete_by_holding)
    cases.add("Escape, the cross and Space in the question delete nothing", delete_by_space)
    cases.add("closing while it is being created asks", close_while_creating)
    cases.add("the answer comes while it is asked about closing", answer_while_asked)
    cases.add("closing before the secret is copied asks", close_uncopied)
    cases.add("closing after the secret is copied does not ask", close_copied)
    cases.add("closing after something was typed asks", close_typed)
    cases.add("closing after the secret is saved to a file does not ask", save)
    cases.add("Ctrl+Q with a copied secret empties the clipboard", end_copied, False)
    cases.add("the cross after a secret was copied empties the clipboard", end_copied, True)
    cases.add("the connection breaks before a token is created", break_before)
    cases.add("the connection breaks after a token is created", break_after)
    cases.add("the service comes back without its memory", lose_memory)
    cases.add("the name is taken while the connection is broken", taken_meanwhile)
    cases.add("deleting a token whose name is", hostile_names)
    cases.add("a secret is nowhere but where it is shown", canary)
    cases.add("a service lists whole secrets: none is shown", canary, "--full-tokens")
    cases.add("what is selected is what can be pasted", select_by_mouse)
    cases.add("assistive technology is told of", accessible_tree)
    take_option(cases, accessible_tree)
    return cases.main()


if __name__ == "__main__":
    sys.exit(main())
