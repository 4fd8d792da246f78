# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scenes of tests/tour.py about signing in: by a token, by the browser, out of a keyring, to
several accounts, and again."""

import contextlib
import re

from accessible import BUTTON, ENTRY, LABEL, ROW, TAB
from browser import Browser
from desk import KEYFILE, Settings
from driver import READING_SECONDS, Demo
from hands import (
    APPS, TOKENS, answer, expect, find_node, focus, open_view, press, scroll_down,
    submit, type_token, wait_closed, wait_dialog, wait_rows)
from keyring import Keyring
from owner import APP_ID, Owner

# What a button that is off says.
NEEDS_ADMIN = "Revoking needs a token with the permission Admin"


@contextlib.contextmanager
def open_service(build_dir):
    """A service that the settings name, and the owner of the accounts there."""
    with Demo(build_dir) as demo:
        owner = Owner(demo)
        try:
            yield demo, owner
        finally:
            owner.close()


def show_ways_in(tour, build_dir):
    with open_service(build_dir) as (demo, owner):
        browser = Browser(build_dir)
        settings = Settings()
        with tour.program(build_dir, env=KEYFILE) as app:
            look_at_first_page(tour, app.window)
            settings.write(service=demo.url, app_id=APP_ID)
            app.window.wait_says("what you paste is sent to")
            check_tokens(tour, app.window, owner)
            ask_the_browser(tour, app.window, browser)
            sign_in_to_look(tour, app.window, owner)


def look_at_first_page(tour, window):
    with tour.step("The first page of somebody who is new", "welcome", window):
        window.wait_find("API Token", ENTRY | ROW)
        window.wait_says("Take access away again with one click")
        expect(not find_node(window, "Sign In with the Browser", BUTTON).is_sensitive,
               "the browser can be used with the app id of everybody")
    with tour.step("How to create a token, step by step", "steps", window):
        open_steps(window)
    for title, picture, token, pattern in (
            ("While a token is too short the page counts", "too-short", "abcDEF",
             "^6 characters so far"),
            ("A token of the new platform is told apart as it is typed", "hint-new-platform",
             "pat_0123456789abc", "new platform"),
            ("So is one of an app", "hint-app", "a1-0123456789abcdefghijklmnopqrst",
             "session token of an app")):
        with tour.step(title, picture, window):
            type_token(window, token)
            window.wait_says(pattern)


def open_steps(window):
    focus(window, "How to Create Such a Token", ROW)
    window.app.key("Return")
    scroll_down(window)
    window.wait_says("^5. Come back here")


def check_tokens(tour, window, owner):
    for title, picture, scopes, on in (
            ("A token with Read alone: what it can do here, and what not", "check-read", ["read"],
             "They can be seen"),
            ("A token with Admin alone", "check-admin", ["admin"], "Off: the service shows them")):
        with tour.step(title, picture, window):
            submit(window, owner.create("SAMPLE1", " ".join(["Only", *scopes]), *scopes))
            window.wait_says("^This Token Can’t Do Everything$")
            window.wait_says(on)
        press(window, "Use Another Token")
        window.wait_find("API Token", ENTRY | ROW)
    with tour.step("A token with neither is refused", "useless", window):
        submit(window, owner.create("SAMPLE1", "Only trade", "trade"))
        window.wait_says("neither Read nor Admin")


def ask_the_browser(tour, window, browser):
    with tour.step("The browser has the page, and the program waits", "waiting", window):
        press(window, "Sign In with the Browser")
        page = browser.wait_page()
        window.wait_says("^Waiting for the browser")
    with tour.step("An answer that nobody asked for changes nothing", "forged", window):
        browser.follow("org.example.tokenmanager://sign-in?acct1=CR1&token1=a1-abc&state=0123")
        window.wait_says("someone may be trying to sign you in")
        window.wait_says("^Still waiting for the page")
    with tour.step("The owner says no there", "denied", window):
        browser.follow(page.answer("deny"))
        window.wait_says("You didn’t allow it in the browser")


def sign_in_to_look(tour, window, owner):
    with tour.step("With a token that can only look: what it takes to see the tokens",
                   "needs-admin", window):
        submit(window, owner.create("SAMPLE1", "Only to look", "read"))
        window.wait_says("^This Token Can’t Do Everything$")
        press(window, "Continue with It")
        window.wait_find(TOKENS, TAB)
        window.wait_says("^API Tokens Need Admin$")
    with tour.step("It lists the apps, and the buttons are off and say why", "only-to-look", window):
        open_view(window, APPS)
        wait_rows(window, APPS, 13)
        buttons = [node for node in window.frame.walk()
                   if node.role in BUTTON and node.name.startswith("Revoke access for")]
        expect(len(buttons) == 13, f"there are {len(buttons)} buttons")
        expect(not any(button.is_sensitive for button in buttons), "a button is on")
        expect(all(NEEDS_ADMIN in button.description for button in buttons),
               "a button does not say why it is off")


def show_accounts(tour, build_dir):
    with open_service(build_dir) as (demo, owner), Keyring():
        browser = Browser(build_dir)
        Settings(service=demo.url, app_id=APP_ID)
        with tour.program(build_dir, env=KEYFILE) as app:
            add_by_browser(tour, app.window, browser)
            switch(tour, app.window)
            add_by_token(tour, app.window, owner)
            sign_in_again(tour, app.window, owner)
            look_at_preferences(tour, app.window)


def add_by_browser(tour, window, browser):
    with tour.step("The owner says yes there: three accounts", "three-accounts", window):
        press(window, "Sign In with the Browser")
        browser.follow(browser.wait_page().answer("allow"))
        window.wait_says("^3 accounts added$")
        window.wait_find(TOKENS, TAB)
        wait_rows(window)


def switch(tour, window):
    with tour.step("The account button opens the list of accounts", "switcher", window, True):
        switcher = window.open_switcher()
        rows = switcher.names(ROW)
        expect([row.split(",")[0] for row in rows if row.startswith("SAMPLE")]
               == ["SAMPLE1", "SAMPLE2", "SAMPLE3"], f"the accounts are {rows}")
        expect("shown now" in rows[0], "nothing says which one is shown")
    with tour.step("Another account: its tokens, and that its money is not real", "another-account",
                   window):
        switcher.click(re.compile("^SAMPLE3,"), ROW, READING_SECONDS)
        wait_rows(window, TOKENS, 3)
    window.open_switcher().click("Remove account SAMPLE3 from this program", BUTTON,
                                 READING_SECONDS)
    question = wait_dialog(window)
    with tour.step("Removing an account that came from the browser", "remove-browser", question):
        question.wait_says("ends it at the service, for all accounts that came with it")
        expect_answers(question, "Cancel", "Forget Here", "Log Out All 3 Accounts")
    answer(question, "Cancel")


def expect_answers(question, *labels):
    for label in labels:
        question.wait_find(label, LABEL)


def open_sign_in(tour, window):
    dialog = wait_dialog(window, tour.look.dialog_width)
    dialog.point_at_nothing()
    return dialog


def add_by_token(tour, window, owner):
    window.open_switcher().click("Add Account…", BUTTON, READING_SECONDS)
    dialog = open_sign_in(tour, window)
    with tour.step("Adding an account", "add-account", dialog):
        dialog.wait_says("^Add an Account$")
    with tour.step("It is there, and a toast says which it is and what its token permits", "added",
                   window):
        submit(dialog, owner.create("SAMPLE1", "Desk", "read", "admin"))
        wait_closed(dialog)
        window.wait_says("^Signed in to SAMPLE1: Full control")
        window.app.wait_for("its token", lambda: window.find_row(TOKENS, "Desk"))
    window.open_switcher().click("Remove account SAMPLE1 from this program", BUTTON,
                                 READING_SECONDS)
    question = wait_dialog(window)
    with tour.step("Removing an account that a token signs in to", "remove-token", question):
        question.wait_says("takes its token out of your keyring")
        expect_answers(question, "Cancel", "Forget Here", "Delete Token, Too")
    answer(question, "Cancel")


def sign_in_again(tour, window, owner):
    owner.delete("SAMPLE1", "Desk")
    with tour.step("The token was deleted elsewhere: the list stays, dimmed, and a strip says why",
                   "ended", window):
        window.point_at_nothing()
        window.app.key("F5")
        window.wait_says("^You are signed out: .* The list is as of")
        expect(window.list_rows(TOKENS), "the list is gone")
    press(window, "Sign In Again")
    dialog = open_sign_in(tour, window)
    with tour.step("Signing in again is for this account", "sign-in-again", dialog):
        dialog.wait_says("^Sign In to SAMPLE1 Again$")
    with tour.step("A token of another account is told apart", "other-account", dialog):
        submit(dialog, owner.create("SAMPLE2", "Wrong one", "read", "admin"))
        dialog.wait_says("it is of another account")
    with tour.step("One of this account: a fresh list", "signed-in-again", window):
        submit(dialog, owner.create("SAMPLE1", "Right one", "read", "admin"))
        wait_closed(dialog)
        window.app.wait_for("its token", lambda: window.find_row(TOKENS, "Right one"))
        window.app.wait_for("the strip to go", lambda: not window.says("You are signed out"))


def look_at_preferences(tour, window):
    window.app.key("ctrl+comma")
    dialog = wait_dialog(window, min(tour.look.width, 640))
    dialog.point_at_nothing()
    with tour.step("Preferences", "preferences", dialog):
        dialog.wait_find("Remember Accounts", ROW)
    with tour.step("The service to sign in to is set there", "preferences-service", dialog):
        scroll_down(dialog)
        dialog.wait_says("needs an app id of your own|Empty means")
    window.app.key("Escape")
    wait_closed(dialog)


def show_keyring(tour, build_dir):
    with open_service(build_dir) as (demo, owner):
        token = owner.create("SAMPLE1", "Desk", "read", "admin")
        Settings(service=demo.url)
        with tour.program(build_dir, env=KEYFILE) as app:
            window = app.window
            with tour.step("There is no keyring: a strip says what that means", "no-keyring",
                           window):
                submit(window, token)
                wait_rows(window)
                window.wait_says("^There is no keyring on this computer")
            with tour.step("The owner goes on without it", "without-keyring", window):
                press(window, "Go On without It")
                app.wait_for("the strip to go", lambda: not window.says("no keyring"))
        with Keyring() as keyring:
            with tour.program(build_dir, env=KEYFILE) as app:
                window = app.window
                keyring.lock()
                with tour.step("The keyring is locked: until it isn’t, nothing is kept",
                               "locked-strip", window):
                    submit(window, token)
                    wait_rows(window)
                    window.wait_says("^Your keyring is locked")
                keyring.unlock()
                with tour.step("Unlocked: the token is kept", "kept", window):
                    press(window, "Unlock")
                    app.wait_for("the token in the keyring",
                                 lambda: keyring.secrets() == {"SAMPLE1": [token]})
                    app.wait_for("the strip to go", lambda: not window.says("keyring"))
            keyring.lock()
            with tour.program(build_dir, env=KEYFILE) as app:
                window = app.window
                with tour.step("The next start with a locked keyring: a page with a way on",
                               "locked", window):
                    window.wait_says("^Your keyring is locked")
                    window.wait_find("Unlock", BUTTON)
                keyring.unlock()
                with tour.step("Unlocked: signed in, and nothing was typed", "unlocked", window):
                    press(window, "Unlock")
                    wait_rows(window)
            demo.kill()
            with tour.program(build_dir, env=KEYFILE) as app:
                with tour.step("A start without a network", "offline-start", app.window):
                    app.window.wait_says("^Offline")
                    app.window.find_account_button()
