#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The secrets that sign in are nowhere but in the keyring and in the field where one is pasted.

Every page, dialog and question of signing in is opened, with tokens that were pasted and tokens that
the browser brought, before a service that lists whole tokens. Then all that the program has written
or said, to files, the session bus, assistive technology, the clipboard or who looks at processes, is
searched for every one of them.
"""

import re
import sys

from accessible import BUTTON, ENTRY, ROW
from browser import tokens_of
from canary import LoudApp, read_accessible, read_home, read_process
from driver import READING_SECONDS, Cases, x_input
from hands import (
    APPS, TOKENS, answer, expect, open_view, press, submit, type_token, wait_closed, wait_dialog)
from stage import (
    UNKNOWN, Stage, add_account, ask_to_remove, close_switcher, wait_account, wait_signed_in)

BACK = "org.example.tokenmanager://sign-in"
FORGED = "a1-" + "f" * 29
# The browser's answer is handed over by this.
OPEN = "interface=org.freedesktop.Application; member=Open"


class Search:
    """Looks for secrets wherever none may be."""

    def __init__(self, stage):
        self.stage = stage
        self.app = None
        self.secrets = {stage.demo.token, FORGED}
        self.ear = stage.listen()

    def add(self, *secrets):
        self.secrets.update(secrets)

    def add_listed(self):
        """Everything that the service lists."""
        for client in self.stage.owner.clients.values():
            self.add(*(token["token"] for token in client.call(api_token=1)["tokens"]))

    def look_now(self, where):
        """Searches all that can be seen just now, while WHERE is on the screen."""
        places = {**read_home(), "a process or title": read_process(self.app),
                  "what assistive technology is told": read_accessible(self.app)}
        for selection in ("PRIMARY", "CLIPBOARD"):
            if self.stage.screen.is_owned(selection):
                # Of what is hidden there are dots.
                places[selection] = (self.stage.screen.read_selection(selection) or "").encode()
        self._search(where, places)

    def look_back(self):
        """Searches all that was written and said."""
        self._search("in the end", {**read_home(), "the log": self.app.read_errors().encode(),
                                    "the session bus": "".join(self._overheard()).encode()})

    def _overheard(self):
        # The test asks the keyring for what it holds, without hiding the answer.
        own = re.compile(f"(sender=|destination=){re.escape(self.ear.bus.get_unique_name())} ")
        messages = [one for one in self.ear.hear() if not own.search(one.split("\n", 1)[0])
                    and OPEN not in one.split("\n", 1)[0]]
        expect(any("org.freedesktop.Secret" in one for one in messages), "nothing was overheard")
        return messages

    def _search(self, where, places):
        for place, said in places.items():
            for secret in self.secrets:
                expect(secret.encode() not in said, f"{where}: a secret is in {place}")


def everywhere(build_dir):
    with Stage(build_dir, "--full-tokens", browser=True) as stage:
        search = Search(stage)
        with stage.start(app=LoudApp) as app:
            search.app = app
            with open(f"/proc/{app.process.pid}/limits", encoding="utf-8") as file:
                expect(re.search(r"Max core file size +0 +0 ", file.read()), "it may dump core")
            refuse(stage, app, search)
            check(stage, app, search)
            bring(stage, app, search)
            end(stage, app, search)
            app.window.point_at_nothing()
        expect(app.read_errors(), "the program said nothing at all")
        expect(len(search.secrets) > 20, f"there are {len(search.secrets)} secrets")
        search.look_back()


def refuse(stage, app, search):
    """Tokens that are typed, revealed and refused."""
    for token, pattern in (("abcDEF987654321", "doesn’t accept this token"),
                           ("pat_canary_0123456", "new platform"),
                           ("a1-" + "c" * 29, "doesn’t accept this token")):
        search.add(token)
        submit(app.window, token)
        app.window.wait_says(pattern)
        search.look_now(f"a token is refused: {pattern}")
    x_input("key", "ctrl+a", "ctrl+c")
    search.look_now("a token that can’t be copied")
    app.key("BackSpace")


def check(stage, app, search):
    """One that can’t do everything."""
    token = stage.create(name="Look", scopes=["read"])
    search.add(token)
    search.add_listed()
    type_token(app.window, token)
    search.look_now("a token is typed")
    x_input("sleep", READING_SECONDS, "key", "Return")
    app.window.wait_says("^This Token Can’t Do Everything$")
    search.look_now("a token is looked at")
    press(app.window, "Use Another Token")
    app.window.wait_find("API Token", ENTRY | ROW)
    search.look_now("another one is asked for")


def bring(stage, app, search):
    """The browser is forged, refused and accepted."""
    press(app.window, "Sign In with the Browser")
    page = stage.browser.wait_page()
    app.window.wait_says("^Waiting for the browser")
    stage.browser.follow(f"{BACK}?acct1=SAMPLE1&token1={FORGED}&state=0123")
    app.window.wait_says("someone may be trying")
    search.look_now("a forged answer")
    redirect = page.answer("allow")
    search.add(*tokens_of(redirect).values())
    stage.browser.follow(redirect)
    wait_signed_in(app.window, "SAMPLE1")
    search.look_now("three accounts")
    for view in (APPS, TOKENS):
        open_view(app.window, view)
        search.look_now(view)
    stage.wait_kept("SAMPLE1", "SAMPLE2", "SAMPLE3")
    stage.browser.follow(redirect)
    dialog = wait_dialog(app.window)
    dialog.wait_says(f"was used already|{UNKNOWN}")
    search.look_now("an answer that was used")
    dialog.point_at_nothing()
    app.key("Escape")
    wait_closed(dialog)
    app.window.open_switcher().click(re.compile("^SAMPLE3"), ROW, READING_SECONDS)
    wait_signed_in(app.window, "SAMPLE3")
    search.look_now("another account")
    refresh(stage, app, search, "SAMPLE3")
    app.window.open_switcher()
    search.look_now("the switcher")
    close_switcher(app.window)


def refresh(stage, app, search, login):
    """The lists are asked for again, and there is one more secret in them."""
    search.add(stage.create(login, "Fresh"))
    app.window.point_at_nothing()
    app.key("F5")
    app.window.wait_row(TOKENS, "Fresh")
    search.look_now(f"the list of {login}, refreshed")


def end(stage, app, search):
    """An account is added by a token, ended, signed in to again, and removed."""
    dialog = add_account(app.window)
    token = stage.create(name="Canary")
    search.add(token)
    submit(dialog, token)
    wait_closed(dialog)
    wait_signed_in(app.window, "SAMPLE1")
    question = ask_to_remove(app.window, "SAMPLE1")
    search.look_now("a question")
    question.point_at_nothing()
    app.key("Escape")
    wait_closed(question)
    stage.owner.delete_by_secret("SAMPLE1", token)
    app.window.point_at_nothing()
    app.key("F5")
    app.window.wait_says("^You are signed out")
    search.look_now("an ended session")
    app.window.click(app.window.wait_find("Sign In Again", BUTTON), READING_SECONDS)
    dialog = wait_dialog(app.window)
    wrong = stage.create("SAMPLE2", "Wrong")
    right = stage.create(name="Right")
    search.add(wrong, right)
    submit(dialog, wrong)
    dialog.wait_says("it is of another account")
    search.look_now("a token of another account")
    submit(dialog, right)
    wait_closed(dialog)
    app.wait_for("the strip to go", lambda: not app.window.says("^You are signed out"))
    search.look_now("signed in again")
    app.window.point_at_nothing()
    app.key("ctrl+comma")
    dialog = wait_dialog(app.window)
    search.look_now("the preferences")
    dialog.point_at_nothing()
    app.key("Escape")
    wait_closed(dialog)
    question = ask_to_remove(app.window, "SAMPLE1")
    answer(question, "Forget Here")
    search.look_now("a removed account")


def from_the_keyring(build_dir):
    """The next start, which reads a secret and types none."""
    with Stage(build_dir, "--full-tokens") as stage:
        with stage.start(app=LoudApp) as app:
            token = stage.sign_in(app)
            stage.wait_kept("SAMPLE1")
        search = Search(stage)
        with stage.start(app=LoudApp) as app:
            search.app = app
            search.add(token)
            search.add_listed()
            wait_signed_in(app.window, "SAMPLE1")
            search.look_now("a start")
            refresh(stage, app, search, "SAMPLE1")
        search.look_back()


def main():
    cases = Cases(size="1280x1000", at_once=2)
    cases.add("secrets are nowhere else", everywhere)
    cases.add("nor after a start that needs none", from_the_keyring)
    return cases.main()


if __name__ == "__main__":
    sys.exit(main())
