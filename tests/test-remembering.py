#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is remembered from one start to the next, and what becomes of it when the keyring is locked,
missing, killed, or was changed by somebody else.

The keyring is gnome-keyring-daemon. There is nobody on the bus who could ask for its password, so
that a prompt which the program raises by itself would be heard.
"""

import sys

from accessible import BUTTON, ENTRY, ROW, TAB
from driver import READING_SECONDS, Cases, Demo
from hands import TOKENS, expect, find_node, press, submit, wait_closed, wait_dialog, wait_rows
from peer import Server, accept_handshake
from stage import Stage, wait_account, wait_signed_in

LOCKED = "^Your keyring is locked"
DISMISSED = "The keyring stayed locked"
NOT_KEPT = "isn’t kept here any more"
NO_KEYRING = "There is no keyring on this computer"
PROMPTS = r"member=(Prompt|BeginPrompting|PerformPrompt)$|SystemPrompter|member=Unlock$"
N_ACCOUNTS = 20


def sign_in_once(stage):
    """An earlier run, which leaves an account behind; returns its token."""
    with stage.start() as app:
        token = stage.sign_in(app)
        stage.wait_kept("SAMPLE1")
    return token


def restart(build_dir):
    """The next start signs in, and nothing is typed."""
    with Stage(build_dir, tap=True) as stage:
        sign_in_once(stage)
        stage.tap.calls.clear()
        with stage.start() as app:
            wait_signed_in(app.window, "SAMPLE1")
            expect(stage.tap.count("authorize") == 1, "it signed in twice")
        stage.wait_kept("SAMPLE1")


def slow_restart(build_dir):
    """The window with the account's name is there long before the service has answered."""
    with Stage(build_dir, tap=True) as stage:
        sign_in_once(stage)
        stage.tap.latency = 60
        with stage.start() as app:
            wait_account(app.window, "SAMPLE1")
            app.wait_for("the call", lambda: stage.tap.count("authorize") == 2)
            expect(not app.window.list_rows(TOKENS), "there is a list")
            expect(app.window.find("API Token", ENTRY | ROW) is None, "it asks for a token")


def offline_restart(build_dir):
    """The service isn't there; when it is, the program signs in by itself or at a click."""
    with Stage(build_dir) as stage:
        token = sign_in_once(stage)
        stage.demo.kill()
        with stage.start() as app:
            app.window.wait_says("^Offline")
            wait_account(app.window, "SAMPLE1")
            with Demo(build_dir, f"--port={stage.demo.port}", f"--token={token}"):
                button = app.wait_for("a way on", lambda: app.window.find("Reconnect", BUTTON)
                                      or app.window.list_rows(TOKENS))
                # It may have been quicker.
                if not isinstance(button, list):
                    app.window.click(button, READING_SECONDS)
                wait_rows(app.window)
                app.wait_for("the strip to go", lambda: not app.window.says("^Offline"))
        stage.wait_kept("SAMPLE1")


def forget(build_dir):
    """A token that is to be forgotten is."""
    with Stage(build_dir) as stage:
        with stage.start() as app:
            app.window.click(app.window.wait_find("Forget This Token When I Quit", ROW))
            app.window.wait_says("^It stays in this program’s memory until then")
            stage.sign_in(app)
            expect(not stage.keyring.items(), "the keyring has something")
        expect(not stage.keyring.items() and not stage.settings.logins(), "something is kept")
        with stage.start() as app:
            app.window.wait_find("API Token", ENTRY | ROW)
            find_node(app.window, "Explore with sample data", BUTTON)


def forget_again(build_dir):
    """Signing in again with a token that is to be forgotten forgets the former one, too."""
    with Stage(build_dir) as stage:
        with stage.start() as app:
            stage.sign_in(app)
            stage.wait_kept("SAMPLE1")
            stage.owner.delete("SAMPLE1", "Desk")
            app.window.point_at_nothing()
            app.key("F5")
            app.window.wait_says("^You are signed out")
            app.window.click(app.window.wait_find("Sign In Again", BUTTON), READING_SECONDS)
            dialog = wait_dialog(app.window)
            dialog.click(dialog.wait_find("Forget This Token When I Quit", ROW))
            submit(dialog, stage.create(name="Second"))
            wait_closed(dialog)
            stage.wait_kept()
        with stage.start() as app:
            app.window.wait_find("API Token", ENTRY | ROW)


def locked(build_dir):
    """A locked keyring is said, with a button; the program never asks for it to be unlocked."""
    with Stage(build_dir) as stage:
        sign_in_once(stage)
        stage.keyring.lock()
        ear = stage.listen()
        with stage.start() as app:
            app.window.wait_says(LOCKED)
            app.window.point_at_nothing()
            app.key("ctrl+2", "ctrl+1")
            app.window.wait_says(LOCKED)
            expect(not ear.calls(PROMPTS), f"it asked: {ear.calls(PROMPTS)}")
            app.window.click(app.window.wait_find("Unlock", BUTTON), READING_SECONDS)
            app.window.wait_says(DISMISSED)
            app.wait_for("the question to the keyring", lambda: ear.calls("member=Unlock$"))
            stage.keyring.unlock()
            app.window.click(app.window.wait_find("Unlock", BUTTON), READING_SECONDS)
            wait_signed_in(app.window, "SAMPLE1")
        stage.wait_kept("SAMPLE1")


def locked_at_sign_in(build_dir):
    """Whoever signs in while it is locked is signed in, and told."""
    with Stage(build_dir) as stage:
        stage.keyring.lock()
        ear = stage.listen()
        with stage.start() as app:
            token = stage.sign_in(app)
            app.window.wait_says(LOCKED)
            expect(not ear.calls(PROMPTS), f"it asked: {ear.calls(PROMPTS)}")
            stage.keyring.unlock()
            app.window.click(app.window.wait_find("Unlock", BUTTON), READING_SECONDS)
            stage.wait_kept("SAMPLE1")
            expect(stage.keyring.secrets() == {"SAMPLE1": [token]}, "it kept another one")
            app.wait_for("the strip to go", lambda: not app.window.says("keyring"))


def no_keyring(build_dir):
    """Without any keyring the program works, and says what that means."""
    with Stage(build_dir, keyring=False) as stage:
        with stage.start() as app:
            stage.sign_in(app)
            app.window.wait_says("^" + NO_KEYRING)
            app.window.click(app.window.wait_find("Go On without It", BUTTON), READING_SECONDS)
            app.wait_for("the strip to go", lambda: not app.window.says(NO_KEYRING))
        expect(not stage.settings.logins(), "an account is remembered without its secret")
        with stage.start() as app:
            app.window.wait_find("API Token", ENTRY | ROW)


def keyring_gone(build_dir):
    """There was one, and there is none at the next start, until somebody starts it."""
    with Stage(build_dir) as stage:
        sign_in_once(stage)
        stage.keyring.kill()
        with stage.start() as app:
            app.window.wait_says(NO_KEYRING)
            expect(stage.settings.logins() == ["SAMPLE1"], "the account is forgotten")
            stage.keyring.start()
            press(app.window, "Try Again")
            wait_signed_in(app.window, "SAMPLE1")
        stage.wait_kept("SAMPLE1")


def killed(build_dir):
    """It dies in the middle: what is signed in stays so, and what comes then is kept later."""
    with Stage(build_dir) as stage:
        with stage.start() as app:
            stage.sign_in(app)
            stage.wait_kept("SAMPLE1")
            stage.keyring.kill()
            app.window.point_at_nothing()
            app.key("F5")
            app.window.open_switcher().click("Add Account…", BUTTON, READING_SECONDS)
            dialog = wait_dialog(app.window)
            submit(dialog, stage.create("SAMPLE2", "Second"))
            wait_closed(dialog)
            wait_signed_in(app.window, "SAMPLE2")
            app.window.wait_says("keyring")
            expect(stage.settings.logins() == ["SAMPLE1"], "one is remembered without its secret")
            stage.keyring.start()
            # What it says depends on how far it got.
            button = app.wait_for("a way on", lambda: app.window.find("Try Again", BUTTON)
                                  or app.window.find("Go On without It", BUTTON))
            if button.name == "Try Again":
                app.window.click(button, READING_SECONDS)
                stage.wait_kept("SAMPLE1", "SAMPLE2")
        with stage.start() as app:
            app.window.wait_find(TOKENS, TAB)
            wait_rows(app.window)


def deleted(build_dir):
    """Somebody has taken the secret out of the keyring: sign in again."""
    with Stage(build_dir) as stage:
        sign_in_once(stage)
        stage.keyring.delete("SAMPLE1")
        with stage.start() as app:
            app.window.wait_says(NOT_KEPT)
            sign_in_again(stage, app, "Second")
        stage.wait_kept("SAMPLE1")


def sign_in_again(stage, app, name):
    press(app.window, "Sign In Again")
    dialog = wait_dialog(app.window)
    dialog.wait_says("^Sign In to SAMPLE1 Again$")
    token = stage.create(name=name)
    submit(dialog, token)
    wait_closed(dialog)
    wait_rows(app.window)
    app.wait_for("the secret in the keyring",
                 lambda: stage.keyring.secrets() == {"SAMPLE1": [token]})


def duplicated(build_dir):
    """Somebody keeps a second secret beside it: one that is the same does no harm."""
    with Stage(build_dir) as stage:
        token = sign_in_once(stage)
        service = stage.settings.read("last-account")[0]
        stage.keyring.add(service, "SAMPLE1", token)
        with stage.start() as app:
            wait_signed_in(app.window, "SAMPLE1")
        stage.keyring.add(service, "SAMPLE1", "abcDEF123456789")
        with stage.start() as app:
            app.window.wait_says("two different tokens for this account")
            sign_in_again(stage, app, "Second")


def replaced(build_dir):
    """Somebody has put another secret into its place: sign in again."""
    with Stage(build_dir) as stage:
        sign_in_once(stage)
        stage.keyring.delete("SAMPLE1")
        stage.keyring.add(stage.settings.read("last-account")[0], "SAMPLE1",
                          "abcDEF123456789")
        with stage.start() as app:
            app.window.wait_says("doesn’t accept this token")
            sign_in_again(stage, app, "Second")


class Service(Server):
    """A service with many accounts, whose tokens say whose they are."""

    def __init__(self):
        super().__init__(self.answer_calls)
        self.signed_in = []

    def answer_calls(self, stream):
        accept_handshake(stream)
        while True:
            call = stream.read_json()
            name = next(name for name in ("authorize", "api_token", "oauth_apps", "ping", "logout")
                        if name in call)
            if name == "authorize":
                login = call[name].removeprefix("token")
                self.signed_in.append(login)
            value = {
                "authorize": {"loginid": login, "scopes": ["read", "admin"], "currency": "USD",
                              "is_virtual": 0},
                "api_token": {"tokens": [{
                    "display_name": f"Bot of {login}", "token": f"*****{login}", "last_used": "",
                    "scopes": ["read"], "valid_for_ip": ""}]},
                "oauth_apps": [], "ping": "pong", "logout": 1}[name]
            stream.write_json({"echo_req": {}, "msg_type": name, name: value,
                               "req_id": call["req_id"]})


def many(build_dir):
    """Of twenty accounts a start signs in to one, and reads the secret of that one alone; the one
    whose secret is gone says so when it is looked at, and nothing else is touched."""
    with Stage(build_dir) as stage:
        service = Service()
        stage.callback(service.close)
        logins = [f"CR{number:03}" for number in range(N_ACCOUNTS)]
        remember(stage, service, logins)
        stage.keyring.delete(logins[-1])
        ear = stage.listen()
        with stage.start() as app:
            wait_signed_in(app.window, "CR007")
            app.wait_for("its token", lambda: app.window.find_row(TOKENS, "Bot of CR007"))
            expect(service.signed_in == ["CR007"], f"it signed in to {service.signed_in}")
            expect_reads(ear, 1)
            app.window.open_switcher()
            app.key("Home", "Return")
            wait_signed_in(app.window, "CR000")
            app.wait_for("its token", lambda: app.window.find_row(TOKENS, "Bot of CR000"))
            expect(service.signed_in == ["CR007", "CR000"], f"it signed in to {service.signed_in}")
            expect_reads(ear, 2)
            app.window.open_switcher()
            app.key("End", "Return")
            wait_account(app.window, logins[-1])
            app.window.wait_says(NOT_KEPT)
            find_node(app.window, "Sign In Again", BUTTON)
            expect(service.signed_in == ["CR007", "CR000"], f"it signed in to {service.signed_in}")
            expect_reads(ear, 2)
            app.window.open_switcher()
            app.key("Home", "Return")
            wait_signed_in(app.window, "CR000")
            app.wait_for("its token", lambda: app.window.find_row(TOKENS, "Bot of CR000"))
            expect(not app.window.says(NOT_KEPT), "it says that of another account, too")
            expect(len(service.signed_in) == 2, f"it signed in to {service.signed_in}")
        expect(sorted(stage.keyring.secrets()) == logins[:-1], "the keyring has something else")
        expect(stage.settings.logins() == logins, "they are in another order")


def remember(stage, service, logins):
    """These accounts were signed in to by an earlier run, and CR007 was looked at last."""
    for login in logins:
        stage.keyring.add(service.url.partition("?")[0], login, "token" + login)
    stage.settings.write(service=service.url, accounts=[
        (service.url, login, "USD", False, ["read", "admin"], "") for login in logins],
        last_account=(service.url.partition("?")[0], "CR007"))


def expect_reads(ear, count):
    """So many secrets were read, one at a time."""
    calls = ear.calls("member=GetSecrets?$")
    n_items = sum(call.count('object path "/org/freedesktop/secrets/collection/') for call in calls)
    expect((len(calls), n_items) == (count, count), f"it read {n_items} secrets in {len(calls)} "
           "calls")


def main():
    cases = Cases(size="1280x1000", at_once=6)
    for name, function in (
            ("a start signs in without a word", restart),
            ("the window is there before the service answers", slow_restart),
            ("a start without a network", offline_restart),
            ("a token that is to be forgotten", forget),
            ("a token that is to be forgotten in place of one that was kept", forget_again),
            ("a locked keyring at the start", locked),
            ("a locked keyring while somebody signs in", locked_at_sign_in),
            ("no keyring at all", no_keyring),
            ("the keyring is gone at the start", keyring_gone),
            ("the keyring dies in the middle", killed),
            ("the secret was deleted by somebody else", deleted),
            ("the secret was duplicated by somebody else", duplicated),
            ("the secret was replaced by somebody else", replaced),
            ("twenty accounts", many)):
        cases.add(name, function)
    return cases.main()


if __name__ == "__main__":
    sys.exit(main())
