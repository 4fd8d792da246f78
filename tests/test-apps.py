#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access of an app is revoked: by mouse and by keys, at several accounts, of the app that this
program is, without the permission to; and the service dies in the middle, or the window is closed.

Real clicks and keys. What is gone is asked of the service. tests/test-one-click.py clicks too often.
"""

import os
import re
import sys
import time

from accessible import BUTTON, ENTRY, LABEL, ROW, TAB
from browser import let_in
from driver import READING_SECONDS, Cases, Skipped, x_input
from hands import APPS, expect, focus, press, submit, wait_closed, wait_dialog, wait_rows
from owner import APP_ID
from stage import Stage, add_account, wait_account, wait_signed_in

APP = "Chart Desk"
BELOW = "Copy Harbour"
OWN = f"App {APP_ID}"
REVOKE = f"Revoke access for {APP}"
TOAST = f"^“{APP}” can no longer use your accounts$"
# A row leaves so long after the last input, where somebody is at the list.
QUIET_SECONDS = 3
HELD_SECONDS = 1.2


def show_apps(app):
    app.window.resize(820, 760)
    app.key("ctrl+2")
    wait_rows(app.window, APPS)
    x_input("sleep", READING_SECONDS)


def focused_row(window):
    """What the row says that has the focus itself."""
    return next((node.name for node in window.frame.walk()
                 if node.is_focused and node.role in ROW), None)


def click_revoke(window):
    x_input("mousemove", *window.to_screen(*window.wait_find(REVOKE, BUTTON).center), "click", "1")


def wait_left(window):
    window.app.wait_for("the row to leave", lambda: window.find_row(APPS, APP) is None)


def expect_gone(stage, login="SAMPLE1"):
    expect(APP not in stage.owner.clients[login].list_apps(), "the service still lists it")


def by_mouse(build_dir):
    """The row stays while the pointer is there, then leaves; another account has heard of it."""
    with Stage(build_dir, keyring=False) as stage, stage.start() as app:
        stage.sign_in(app)
        dialog = add_account(app.window)
        submit(dialog, stage.create("SAMPLE2", "Second"))
        wait_closed(dialog)
        wait_signed_in(app.window, "SAMPLE2")
        show_apps(app)
        click_revoke(app.window)
        app.window.wait_row(APPS, APP, "Access revoked")
        app.window.wait_says(TOAST)
        # Some life in the hand.
        for step in (1, -1) * 5:
            x_input("mousemove_relative", "--", step, 0, "sleep", "0.4")
            expect(app.window.find_row(APPS, APP), "the row left under the hand")
        app.window.point_at_nothing()
        wait_left(app.window)
        expect_gone(stage)
        app.window.open_switcher().click(re.compile("^SAMPLE1( ·)?.*,"), ROW, READING_SECONDS)
        wait_account(app.window, "SAMPLE1")
        rows = wait_rows(app.window, APPS)
        expect(not any(row.startswith(APP) for row in rows), "it is still listed there")


def by_keys(build_dir):
    """The focus goes to rows; the row leaves when nobody has touched anything for a while."""
    with Stage(build_dir, keyring=False) as stage, stage.start() as app:
        stage.sign_in(app)
        show_apps(app)
        app.window.point_at_nothing()
        focus(app.window, REVOKE, BUTTON)
        pressed = time.monotonic()
        app.key("Return")
        app.window.wait_row(APPS, APP, "Access revoked")
        expect(focused_row(app.window).startswith(APP), "the focus isn’t on the row")
        wait_left(app.window)
        expect(time.monotonic() - pressed >= QUIET_SECONDS, "it left under the hand")
        app.wait_for("the focus on the next row",
                     lambda: (focused_row(app.window) or "").startswith(BELOW))
        expect_gone(stage)


def with_motion(build_dir):
    """It shrinks, where motion is wanted: everywhere else here it isn’t."""
    path = os.path.join(os.environ["XDG_CONFIG_HOME"], "gtk-4.0", "settings.ini")
    with open(path, encoding="utf-8") as file:
        settings = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(settings.replace("gtk-enable-animations=0", "gtk-enable-animations=1"))
    with Stage(build_dir, keyring=False) as stage, stage.start() as app:
        stage.sign_in(app)
        show_apps(app)
        top, below = (app.window.row_top(APPS, name) for name in (APP, BELOW))
        click_revoke(app.window)
        app.window.wait_row(APPS, APP, "Access revoked")
        app.window.point_at_nothing()
        seen = set()
        while app.window.find_row(APPS, APP):
            seen.add(app.window.row_top(APPS, BELOW))
        app.wait_for("the next row in its place", lambda: (
            app.window.row_top(APPS, BELOW) == top))
        if not any(top < place < below for place in seen if place is not None):
            raise Skipped("this machine was too slow to see it move")


def own_app(build_dir):
    """It is asked first; then the session is over, and the way back in is there."""
    with Stage(build_dir, keyring=False) as stage, stage.start() as app:
        submit(app.window, let_in(stage.demo.url, APP_ID)["SAMPLE1"])
        app.window.wait_find("API Tokens", TAB)
        show_apps(app)
        app.window.wait_row(APPS, OWN, "This program")
        app.window.point_at_nothing()
        focus(app.window, f"Revoke access for {OWN}", BUTTON)
        # The key that asks is held, and must not answer, nor open the details when that is done.
        x_input("keydown", "Return", "sleep", HELD_SECONDS, "keyup", "Return")
        question = wait_dialog(app.window)
        question.wait_says("^This program is signed in by it")
        app.key("Return")
        wait_closed(question)
        expect(app.window.find_row(APPS, OWN), "the row is gone")
        expect(OWN in stage.owner.clients["SAMPLE1"].list_apps(), "it was revoked all the same")

        focus(app.window, f"Revoke access for {OWN}", BUTTON)
        app.key("Return")
        question = wait_dialog(app.window)
        question.click(question.wait_find("Revoke access", LABEL), READING_SECONDS)
        wait_closed(question)
        dialog = wait_dialog(app.window)
        dialog.wait_says("^Sign In to SAMPLE1 Again$")
        expect(app.window.find_row(APPS, APP), "the list is gone")
        expect(OWN not in stage.owner.clients["SAMPLE1"].list_apps(), "the service still lists it")
        submit(dialog, stage.create("SAMPLE1", "Desk"))
        wait_closed(dialog)
        app.wait_for("a list without it", lambda: (
            app.window.list_rows(APPS) and not app.window.find_row(APPS, OWN)))
        expect(app.window.says("^You are signed out") is None, "nobody is signed in")


def service_dies(build_dir):
    """Nobody knows; and when the service is back, a list tells, and Retry does it."""
    with Stage(build_dir, keyring=False, tap=True) as stage, stage.start() as app:
        stage.sign_in(app)
        show_apps(app)
        stage.tap.latency = 60
        click_revoke(app.window)
        app.window.wait_row(APPS, APP, "Revoking…")
        stage.tap.latency = 0
        for stream in stage.tap.streams:
            stream.close()
        app.window.wait_row(APPS, APP, "Couldn’t confirm that access is revoked")
        expect(app.window.says(TOAST) is None, "it is told to be done")
        app.window.point_at_nothing()
        app.wait_for("the connection", lambda: app.window.says("^Offline") is None)
        press(app.window, f"Retry: revoke access for {APP}")
        app.window.wait_row(APPS, APP, "Access revoked")
        app.window.wait_says(TOAST)
        expect_gone(stage)


def closed_in_the_middle(build_dir):
    with Stage(build_dir, keyring=False, tap=True) as stage, stage.start() as app:
        stage.sign_in(app)
        show_apps(app)
        stage.tap.latency = 60
        click_revoke(app.window)
        app.window.wait_row(APPS, APP, "Revoking…")
        stage.screen.close_window(app.window.x_id)
        app.wait_for_end()


def without_scope(build_dir, scope):
    """The list says what is off, and why, and what to do; by keys, too."""
    with Stage(build_dir, keyring=False) as stage, stage.start() as app:
        submit(app.window, stage.create(scopes=(scope,)))
        press(app.window, "Continue with It")
        app.window.wait_find("Connected Apps", TAB)
        app.window.resize(820, 760)
        app.key("ctrl+2")
        if scope == "admin":
            app.window.wait_says("^Connected Apps Need Read$")
            way_on = "Sign In with Another Token"
        else:
            wait_rows(app.window, APPS)
            app.window.wait_says("^Revoking is off: you are signed in with a token that lacks")
            focused = next(node for node in app.window.frame.walk() if node.is_focused)
            expect(focused.description == "Revoking needs a token with the permission Admin",
                   f"the row says “{focused.description}”")
            way_on = "Use Another Token"
        press(app.window, way_on)
        dialog = wait_dialog(app.window)
        dialog.wait_find("API Token", ENTRY | ROW)
        app.key("Escape")
        wait_closed(dialog)
        expect(APP in stage.owner.clients["SAMPLE1"].list_apps(), "it was revoked")


def main():
    cases = Cases(at_once=6)
    cases.add("revoked by mouse, and another account hears of it", by_mouse)
    cases.add("revoked by keys", by_keys)
    cases.add("a row shrinks away", with_motion)
    cases.add("the app that this program is", own_app)
    cases.add("the service dies in the middle", service_dies)
    cases.add("the window is closed in the middle", closed_in_the_middle)
    cases.add("a token without Admin", without_scope, "read")
    cases.add("a token without Read", without_scope, "admin")
    return cases.main()


if __name__ == "__main__":
    sys.exit(main())
