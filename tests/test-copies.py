#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies of tokens' secrets in a real keyring: what is done with them, and when they go.

There is nobody on the bus who could ask for the keyring's password, so that a prompt which the
program raises by itself would be heard.
"""

import re
import sys

from accessible import BUTTON, LABEL, ROW
from driver import READING_SECONDS, Cases
from hands import answer, expect, find_node, press, wait_dialog, wait_list
from stage import Stage, ask_to_remove, wait_signed_in

NAME = "Kept bot"
PROMPTS = r"member=(Prompt|BeginPrompting|PerformPrompt)$|SystemPrompter|member=Unlock$"
COPIED = "^Copied. It is cleared from the clipboard in"
NOT_KEPT = "isn’t kept here"
LOCKED = "^Your keyring is locked"


def keep(stage):
    """An earlier run, which leaves an account behind, and a copy; returns the secret."""
    secret = stage.create(name=NAME, scopes=("read", "trade"))
    with stage.start() as app:
        stage.sign_in(app)
        stage.wait_kept("SAMPLE1")
    item, = stage.keyring.items()
    stage.keyring.add(stage.keyring.attributes(item)["service"], "SAMPLE1", secret, "copy",
                      **{"token-name": NAME})
    return secret


def copies(stage):
    return stage.keyring.items(kind="copy")


def find_row(window, name=NAME):
    return window.app.wait_for(f"the row of {name}", lambda: next(
        (node for node in window.frame.walk() if node.role in ROW
         and node.name.startswith(name + ",")), None))


def open_details(window, name=NAME):
    label = re.compile("^" + re.escape(name) + "$")
    window.click(window.wait_find(label, LABEL, find_row(window, name)), READING_SECONDS)
    window.wait_says("^Secret$")


def is_told(window, secret):
    return any(secret in (node.name or "") for node in window.frame.walk())


def use(build_dir):
    """Copied from the row and by keys, shown and hidden, forgotten."""
    with Stage(build_dir) as stage:
        secret = keep(stage)
        with stage.start() as app:
            window = app.window
            wait_signed_in(window, "SAMPLE1")
            window.click(window.wait_find(f"Copy the secret of {NAME}", BUTTON), READING_SECONDS)
            window.wait_says(COPIED)
            expect(stage.screen.read_selection("CLIPBOARD") == secret, "it was not the secret")
            expect(not is_told(window, secret), "the secret is in the window")

            open_details(window)
            expect(not is_told(window, secret), "it is told though it is hidden")
            press(window, "Show the secret")
            window.wait_says("^" + secret + "$")
            press(window, "Hide the secret")
            app.wait_for("the secret to go", lambda: not is_told(window, secret))

            press(window, "Forget Copy")
            answer(wait_dialog(window), "Forget")
            window.wait_says(NOT_KEPT)
            expect(not copies(stage), "the keyring still has it")
            window.app.key("Escape")
            wait_list(window)
            app.key("ctrl+c")
            window.wait_says(f"^The secret of “.*” {NOT_KEPT}")
        stage.wait_kept("SAMPLE1")


def locked(build_dir):
    """Nobody is asked for a password before somebody wants the secret."""
    with Stage(build_dir) as stage:
        secret = keep(stage)
        with stage.start() as app:
            window = app.window
            wait_signed_in(window, "SAMPLE1")
            open_details(window)
            stage.keyring.lock()
            ear = stage.listen()
            press(window, "Show the secret")
            window.wait_says(LOCKED)
            expect(not ear.calls(PROMPTS), f"it asked: {ear.calls(PROMPTS)}")
            press(window, "Unlock")
            app.wait_for("the question to the keyring", lambda: ear.calls("member=Unlock$"))
            window.wait_says("^The keyring stayed locked")
            stage.keyring.unlock()
            press(window, "Show the secret")
            window.wait_says("^" + secret + "$")


def deleted(build_dir):
    """A token that is deleted takes its copy along, whoever deletes it."""
    with Stage(build_dir) as stage:
        keep(stage)
        with stage.start() as app:
            window = app.window
            wait_signed_in(window, "SAMPLE1")
            find_node(window, f"Copy the secret of {NAME}", BUTTON)
            stage.owner.delete("SAMPLE1", NAME)
            window.point_at_nothing()
            app.key("F5")
            app.wait_for("the copy to go", lambda: not copies(stage))
        stage.wait_kept("SAMPLE1")


def stale(build_dir):
    """The copy of a token that was deleted and created anew meanwhile is of no use to anybody."""
    with Stage(build_dir) as stage:
        secret = keep(stage)
        stage.owner.delete("SAMPLE1", NAME)
        stage.create(name=NAME, scopes=("read", "trade"))
        with stage.start() as app:
            window = app.window
            wait_signed_in(window, "SAMPLE1")
            window.click(window.wait_find(f"Copy the secret of {NAME}", BUTTON), READING_SECONDS)
            window.wait_says("secret of an earlier token of this name")
            expect(stage.screen.read_selection("CLIPBOARD") != secret, "it was copied")
            app.wait_for("the copy to go", lambda: not copies(stage))


def removed(build_dir):
    """An account that is removed leaves nothing behind."""
    with Stage(build_dir) as stage:
        keep(stage)
        with stage.start() as app:
            wait_signed_in(app.window, "SAMPLE1")
            answer(ask_to_remove(app.window, "SAMPLE1"), "Forget Here")
            app.wait_for("nothing in the keyring", lambda: not stage.keyring.items())


def main():
    cases = Cases(size="1280x1000", at_once=4)
    for name, function in (
            ("a kept secret is copied, shown, hidden and forgotten", use),
            ("a locked keyring", locked),
            ("the token is deleted", deleted),
            ("the token was replaced", stale),
            ("the account is removed", removed)):
        cases.add(name, function)
    return cases.main()


if __name__ == "__main__":
    sys.exit(main())
