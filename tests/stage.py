# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests about signing in play on: a service and its owner, a desk with a keyring and a
browser, and the program, which starts and ends as often as a test wants."""

import contextlib
import re

from accessible import BUTTON, ROW, TAB
from browser import APPLICATION, Browser
from desk import KEYFILE, Ear, Settings, StartedApp, find_owner
from driver import READING_SECONDS, App, Demo, XServer, program_environment, wait_for
from hands import TOKENS, press, submit, wait_dialog, wait_rows
from keyring import Keyring
from owner import APP_ID, Owner
from peer import Tap

UNKNOWN = "nobody here is waiting for"


class Stage(contextlib.ExitStack):
    """All of it; what begins here ends with it."""

    def __init__(self, build_dir, *options, keyring=True, browser=False, tap=False):
        super().__init__()
        self.build_dir = build_dir
        self.demo = self.enter_context(Demo(build_dir, "--no-limits", *options))
        self.owner = Owner(self.demo)
        self.callback(self.owner.close)
        self.tap = None
        if tap:
            self.tap = Tap(self.demo.url)
            self.callback(self.tap.close)
        self.service = self.tap.url if tap else self.demo.url
        self.keyring = self.enter_context(Keyring()) if keyring else None
        self.settings = Settings(service=self.service, app_id=APP_ID)
        self.screen = XServer()
        self.browser = Browser(build_dir) if browser else None
        if browser:
            self.browser.offer(self.environment())

    def start(self, *options, env=None, app=App):
        """Starts the program; it has to end well."""
        return app(self.build_dir, *options, env={**KEYFILE, **(env or {})})

    @staticmethod
    def environment():
        """What another program of this desktop is started with."""
        return program_environment(KEYFILE)

    def listen(self):
        """An ear on the session bus."""
        return self.enter_context(Ear())

    def wait_started(self):
        """The program that the session bus has started."""
        pid = wait_for("a program that the bus starts", lambda: find_owner(APPLICATION))
        return StartedApp(pid, self.browser.errors)

    def create(self, login="SAMPLE1", name="Desk", scopes=("read", "admin")):
        return self.owner.create(login, name, *scopes)

    def sign_in(self, app, login="SAMPLE1", name="Desk"):
        """Signs in on the first page with a token of that account; returns it."""
        token = self.create(login, name)
        submit(app.window, token)
        wait_signed_in(app.window, login)
        return token

    def sign_in_by_browser(self, app):
        """Signs in to all three accounts; returns their tokens."""
        press(app.window, "Sign In with the Browser")
        redirect = self.browser.wait_page().answer("allow")
        self.browser.follow(redirect)
        wait_signed_in(app.window, "SAMPLE1")
        return redirect

    def wait_kept(self, *logins):
        """These accounts, and no others, are remembered, with their secrets."""
        wait_for(f"{logins} to be remembered", lambda: (
            tuple(self.settings.logins()) == logins
            and set(self.keyring.secrets()) == set(logins)))


def account_name(login):
    """What the button of that account begins with."""
    return re.compile(f"^{login}( ·|$)")


def wait_account(window, login):
    """Waits until that account is shown."""
    window.app.wait_for(f"the account {login}", lambda: any(
        node.role in BUTTON and account_name(login).search(node.name)
        for node in window.find_account_button().walk()))


def wait_signed_in(window, login):
    """Waits until that account is shown with its list."""
    window.wait_find(TOKENS, TAB)
    wait_account(window, login)
    return wait_rows(window)


def add_account(window):
    """Opens the dialog that adds one."""
    window.open_switcher().click("Add Account…", BUTTON, READING_SECONDS)
    dialog = wait_dialog(window)
    dialog.point_at_nothing()
    return dialog


def click_remove(window, login):
    """Clicks on what takes that account away: sample data go at once."""
    window.open_switcher().click(f"Remove account {login} from this program", BUTTON,
                                 READING_SECONDS)


def ask_to_remove(window, login):
    """Opens the question whether that account is to go."""
    click_remove(window, login)
    return wait_dialog(window)


def close_switcher(window):
    """Closes it by a key; what is opened next is another one."""
    window.app.key("Escape")
    window.app.wait_for("the switcher to close", lambda: not any(
        node.name == "Add Account…" and node.has_size for node in window.frame.walk()))


def accounts_of(window):
    """Whose accounts the switcher lists, and which is shown; it is closed again."""
    rows = window.open_switcher().names(ROW)
    close_switcher(window)
    logins = [row.split(",")[0].split(" ")[0] for row in rows if ", shown now" in row
              or "account" in row]
    shown = [row.split(",")[0] for row in rows if row.endswith("shown now")]
    return logins, shown
