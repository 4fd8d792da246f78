#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways in: a token is pasted, the browser brings one for each account, or there are sample data;
and whatever else a browser or a hasty hand comes up with.

Real clicks and keys on a clean profile, against the sample service in another process. The browser
is the test's own; what it brings takes the way that it takes on a desktop.
"""

import re
import signal
import subprocess
import sys

from accessible import BUTTON, ENTRY, LABEL, ROW, outline
from browser import tokens_of
from driver import READING_SECONDS, Cases, Failed, x_input
from hands import (
    APPS, TOKENS, answer, expect, find_node, focus, open_view, press, submit, type_token,
    wait_closed, wait_dialog)
from outlines import compare, take_option
from owner import APP_ID
from stage import (
    UNKNOWN, Stage, accounts_of, add_account, ask_to_remove, click_remove, close_switcher,
    wait_signed_in)

ALL = ("SAMPLE1", "SAMPLE2", "SAMPLE3")
FORGED = "someone may be trying to sign you in"
GARBLED = "is no sign-in that can be understood"
WAITING = "^(Waiting for the browser|Still waiting for the page)"
HASTE_SECONDS = 0.12
HELD_SECONDS = 2
# How long the service takes where something is to be done meanwhile.
SLOW_SECONDS = 3
BACK = "org.example.tokenmanager://sign-in"
SECRET = "a1-" + "s" * 29


def paste(build_dir):
    """A token is pasted with blanks around it; it is kept, and the program says whose it is."""
    with Stage(build_dir) as stage, stage.start() as app:
        token = stage.create()
        entry = app.window.wait_find("API Token", ENTRY | ROW)
        app.window.click(entry)
        entry.insert(f" {token} ")
        app.key("Return")
        # What is said in passing first.
        app.window.wait_says("^Signed in to SAMPLE1: Full control")
        wait_signed_in(app.window, "SAMPLE1")
        stage.wait_kept("SAMPLE1")
        expect(stage.keyring.secrets() == {"SAMPLE1": [token]}, "the keyring has another one")
        with open(stage.settings.path, encoding="utf-8") as file:
            expect(token not in file.read(), "the settings have the token")


def paste_lesser(build_dir):
    """A token that can't do everything is accepted after a look at what it can, or given up."""
    with Stage(build_dir) as stage, stage.start() as app:
        window = app.window
        token = stage.create(name="Look", scopes=["read"])
        submit(window, token)
        window.wait_says("^This Token Can’t Do Everything$")
        press(window, "Use Another Token")
        entry = window.wait_find("API Token", ENTRY | ROW)
        expect(not entry.text, "the token is still there")
        expect(not stage.settings.logins(), "an account is remembered that was given up")
        submit(window, token)
        window.wait_says("^This Token Can’t Do Everything$")
        press(window, "Continue with It")
        window.wait_says("^Signed in to SAMPLE1: View only")
        stage.wait_kept("SAMPLE1")
        expect(len(open_view(window, APPS)) == 13, "that are not the apps")


def by_browser(build_dir):
    """The program runs: the desktop hands it the answer, and all three accounts are there."""
    with Stage(build_dir, browser=True) as stage, stage.start() as app:
        press(app.window, "Sign In with the Browser")
        redirect = stage.browser.wait_page().answer("allow")
        stage.browser.follow(redirect)
        app.window.wait_says("^3 accounts added$")
        wait_signed_in(app.window, "SAMPLE1")
        stage.wait_kept(*ALL)
        kept = {login: [token] for login, token in tokens_of(redirect).items()}
        expect(stage.keyring.secrets() == kept, "the keyring has other secrets")
        expect(accounts_of(app.window) == (list(ALL), ["SAMPLE1"]), "that are other accounts")
        expect("cur3" not in redirect, "all accounts have a currency")


def by_command(build_dir):
    """The answer comes as an argument: the running program takes it."""
    with Stage(build_dir, browser=True) as stage, stage.start() as app:
        press(app.window, "Sign In with the Browser")
        redirect = stage.browser.wait_page().answer("allow")
        done = subprocess.run(["token-manager", redirect], stdin=subprocess.DEVNULL, check=False,
                              capture_output=True, text=True, timeout=20,
                              env=stage.environment())
        expect((done.returncode, done.stdout, done.stderr) == (0, "", ""), f"it said {done}")
        app.window.wait_says("^3 accounts added$")
        wait_signed_in(app.window, "SAMPLE1")


def late_start(build_dir):
    """Nothing runs when the answer comes: the bus starts a program, which says what it is."""
    with Stage(build_dir, browser=True) as stage:
        stage.browser.follow(f"{BACK}?acct1=SAMPLE1&token1={SECRET}&cur1=USD&state=abc")
        with stage.wait_started() as app:
            expect_unknown(stage, app)
        with open(stage.browser.errors, encoding="utf-8") as file:
            expect(not file.read(), "it complained")


def late_command(build_dir):
    """The same by the command line, where nobody can read it afterwards."""
    with Stage(build_dir, browser=True) as stage:
        uri = f"{BACK}?acct1=SAMPLE1&token1={SECRET}&cur1=USD&state=abc"
        with stage.start(uri) as app:
            expect_unknown(stage, app)
            for name in ("cmdline", "environ"):
                with open(f"/proc/{app.process.pid}/{name}", "rb") as file:
                    expect(SECRET.encode() not in file.read(), f"the secret is in {name}")


def expect_unknown(stage, app):
    """The first page says that nobody has asked for what came, and works."""
    app.window.wait_says(UNKNOWN)
    find_node(app.window, "Sign In with the Browser", BUTTON)
    stage.sign_in(app)
    stage.wait_kept("SAMPLE1")


def explore(build_dir):
    """Sample data are not remembered, and go without a question."""
    with Stage(build_dir) as stage:
        with stage.start() as app:
            press(app.window, "Explore with sample data")
            wait_signed_in(app.window, "SAMPLE1")
            app.window.wait_says(r"^Sample data\. Nothing here is real\.$")
            click_remove(app.window, "SAMPLE1")
            app.window.wait_find("API Token", ENTRY | ROW)
            press(app.window, "Explore with sample data")
            wait_signed_in(app.window, "SAMPLE1")
        with stage.start() as app:
            app.window.wait_find("API Token", ENTRY | ROW)
        expect(not stage.settings.logins() and not stage.keyring.items(), "something is kept")


def denied(build_dir):
    with Stage(build_dir, browser=True) as stage, stage.start() as app:
        press(app.window, "Sign In with the Browser")
        redirect = stage.browser.wait_page().answer("deny")
        stage.browser.follow(redirect)
        app.window.wait_says("You didn’t allow it in the browser")
        stage.browser.follow(redirect)
        app.window.wait_says("was used already")
        stage.sign_in_by_browser(app)
        stage.wait_kept(*ALL)


def garbage(build_dir):
    """Whatever isn't the answer changes nothing; the right one is still taken after all of it."""
    with Stage(build_dir, browser=True) as stage, stage.start() as app:
        press(app.window, "Sign In with the Browser")
        page = stage.browser.wait_page()
        app.window.wait_says(WAITING)
        account = f"acct1=SAMPLE1&token1={SECRET}"
        for name, uri, pattern in (
                ("nothing", BACK, GARBLED),
                ("an empty query", f"{BACK}?", GARBLED),
                ("another state", f"{BACK}?{account}&cur1=USD&state=0123", FORGED),
                ("no state", f"{BACK}?{account}&cur1=USD", GARBLED),
                ("half the state", f"{BACK}?{account}&state={page.state[:16]}", FORGED),
                ("the state twice", f"{BACK}?{account}&state=a&state={page.state}", GARBLED),
                ("no account", f"{BACK}?state={page.state}", GARBLED),
                ("no token", f"{BACK}?acct1=SAMPLE1&state={page.state}", GARBLED),
                ("a token that is none", f"{BACK}?acct1=SAMPLE1&token1=%00&state={page.state}",
                 GARBLED),
                ("a token that is markup", f"{BACK}?acct1=SAMPLE1&token1=%3Cb%3E&"
                 f"state={page.state}", GARBLED),
                ("no UTF-8", f"{BACK}?acct1=%FF&token1={SECRET}&state={page.state}", GARBLED),
                ("half an escape", f"{BACK}?acct1=%4&token1={SECRET}&state={page.state}", GARBLED),
                ("an account twice", f"{BACK}?{account}&{account}&state={page.state}", GARBLED),
                ("100,000 letters", f"{BACK}?{'a' * 50000}={'b' * 50000}&state={page.state}",
                 GARBLED),
                ("a refusal without a state", f"{BACK}#error=scope_denied", GARBLED),
                ("another path", f"{BACK}/x?{account}&state={page.state}", GARBLED),
                ("another place", f"org.example.tokenmanager://evil?{account}&"
                 f"state={page.state}", GARBLED)):
            yield name, expect_ignored(stage, app, uri, pattern)
        stage.browser.follow(page.answer("allow"))
        wait_signed_in(app.window, "SAMPLE1")
        stage.wait_kept(*ALL)


def expect_ignored(stage, app, uri, pattern):
    """Says why URI was not turned down while the program goes on waiting."""
    # Whatever is said already, it is not what is waited for.
    other, other_pattern = ((BACK, GARBLED) if pattern == FORGED else
                            (f"{BACK}?acct1=SAMPLE1&token1={SECRET}&state=0123", FORGED))
    try:
        stage.browser.follow(other)
        app.window.wait_says(other_pattern)
        stage.browser.follow(uri)
        app.window.wait_says(pattern)
        app.window.wait_says(WAITING)
    except Failed as failed:
        app.check_alive()
        return str(failed)
    return None


def replay(build_dir):
    """What has been used is not used again: it says so, and nothing changes."""
    with Stage(build_dir, browser=True) as stage, stage.start() as app:
        redirect = stage.sign_in_by_browser(app)
        stage.wait_kept(*ALL)
        answer = ask_to_remove(app.window, "SAMPLE3")
        answer.click(answer.wait_find("Forget Here", LABEL), READING_SECONDS)
        stage.wait_kept("SAMPLE1", "SAMPLE2")
        stage.browser.follow(redirect)
        dialog = wait_dialog(app.window)
        dialog.wait_says("was used already")
        dialog.point_at_nothing()
        app.key("Escape")
        wait_closed(dialog)
        stage.wait_kept("SAMPLE1", "SAMPLE2")


def partly_refused(build_dir):
    with Stage(build_dir, browser=True) as stage, stage.start() as app:
        press(app.window, "Sign In with the Browser")
        redirect = stage.browser.wait_page().answer("allow")
        redirect = redirect.replace(tokens_of(redirect)["SAMPLE2"], SECRET)
        # An account without a currency has none of these at all.
        stage.browser.follow(re.sub("&cur[0-9]=[A-Z]*", "", redirect))
        app.window.wait_says("^2 of 3 accounts were added; the service refused the rest")
        wait_signed_in(app.window, "SAMPLE1")
        stage.wait_kept("SAMPLE1", "SAMPLE3")


def all_refused(build_dir):
    with Stage(build_dir, browser=True) as stage, stage.start() as app:
        press(app.window, "Sign In with the Browser")
        redirect = stage.browser.wait_page().answer("allow")
        for token in tokens_of(redirect).values():
            redirect = redirect.replace(token, SECRET)
        stage.browser.follow(redirect)
        app.window.wait_says("doesn’t accept this token")
        stage.sign_in_by_browser(app)


def cancelled(build_dir):
    """Somebody gives up, and the answer comes after all."""
    with Stage(build_dir, browser=True) as stage, stage.start() as app:
        press(app.window, "Sign In with the Browser")
        redirect = stage.browser.wait_page().answer("allow")
        app.window.wait_says(WAITING)
        press(app.window, "Cancel")
        app.window.wait_find("API Token", ENTRY | ROW)
        stage.browser.follow(redirect)
        app.window.wait_says(UNKNOWN)
        expect(not stage.settings.logins() and not stage.keyring.items(), "it was taken")
        stage.sign_in_by_browser(app)


def closed_dialog(build_dir):
    """The page that asked is closed, and the answer comes after all."""
    with Stage(build_dir, browser=True) as stage, stage.start() as app:
        stage.sign_in(app)
        dialog = add_account(app.window)
        press(dialog, "Sign In with the Browser")
        redirect = stage.browser.wait_page().answer("allow")
        dialog.wait_says(WAITING)
        app.key("Escape")
        wait_closed(dialog)
        stage.browser.follow(redirect)
        dialog = wait_dialog(app.window)
        dialog.wait_says(UNKNOWN)
        stage.wait_kept("SAMPLE1")
        press(dialog, "Sign In with the Browser")
        stage.browser.follow(stage.browser.wait_page().answer("allow"))
        wait_closed(dialog)
        stage.wait_kept(*ALL)


def closed_program(build_dir):
    """The program is closed, and the answer comes after all."""
    with Stage(build_dir, browser=True) as stage:
        with stage.start() as app:
            press(app.window, "Sign In with the Browser")
            redirect = stage.browser.wait_page().answer("allow")
            app.window.wait_says(WAITING)
        stage.browser.follow(redirect)
        with stage.wait_started() as app:
            expect_unknown(stage, app)


def at_once(build_dir):
    """The same answer twice at once: it is taken once."""
    with Stage(build_dir, browser=True) as stage, stage.start() as app:
        press(app.window, "Sign In with the Browser")
        redirect = stage.browser.wait_page().answer("allow")
        both = [subprocess.Popen(["gio", "open", redirect]) for _ in range(2)]
        expect(all(one.wait(20) == 0 for one in both), "the desktop failed")
        wait_signed_in(app.window, "SAMPLE1")
        stage.wait_kept(*ALL)
        dialog = app.find_window([app.window])
        if dialog is not None:
            # The second one came late enough to find nobody waiting.
            dialog.wait_says("was used already")
            dialog.point_at_nothing()
            app.key("Escape")
            wait_closed(dialog)
        expect(accounts_of(app.window) == (list(ALL), ["SAMPLE1"]), "that are other accounts")


def click_twice(window, node):
    """A double click by a hand that shakes."""
    x_input("mousemove", *window.to_screen(*node.center), "sleep", READING_SECONDS, "click", "1",
            "sleep", HASTE_SECONDS, "mousemove_relative", "1", "0", "click", "1")


def double_clicks(build_dir):
    with Stage(build_dir, browser=True, tap=True) as stage, stage.start() as app:
        window = app.window
        window.resize(820, 900)
        stage.settings.write(service=stage.demo.url, app_id=APP_ID)
        find_node(window, "Sign In with the Browser", BUTTON)
        click_twice(window, window.wait_find("Sign In with the Browser", BUTTON))
        window.wait_says(WAITING)
        click_twice(window, window.wait_find("Cancel", BUTTON))
        window.wait_find("API Token", ENTRY | ROW)
        expect(len(stage.browser.pages()) == 1, f"the browser opened {stage.browser.pages()}")

        stage.settings.write(service=stage.tap.url)
        window.wait_says(f"sent to 127.0.0.1:{stage.tap.port}")
        token = stage.create(name="Look", scopes=["read"])
        type_token(window, token)
        window.wait_says("^15 characters")
        click_twice(window, window.wait_find("Sign In", BUTTON))
        window.wait_says("^This Token Can’t Do Everything$")
        expect(stage.tap.count("authorize") == 1, "it was sent twice")
        click_twice(window, window.wait_find("Use Another Token", BUTTON))
        window.wait_find("API Token", ENTRY | ROW)
        submit(window, token)
        window.wait_says("^This Token Can’t Do Everything$")
        click_twice(window, window.wait_find("Continue with It", BUTTON))
        window.wait_says("^API Tokens Need Admin$")
        stage.wait_kept("SAMPLE1")
        window.open_switcher().click("Add Account…", BUTTON, READING_SECONDS)
        x_input("click", "1")
        dialog = wait_dialog(window)
        expect(app.find_window([window, dialog]) is None, "there are two dialogs")
        dialog.point_at_nothing()
        app.key("Escape")
        wait_closed(dialog)
        question = ask_to_remove(window, "SAMPLE1")
        click_twice(question, question.wait_find("Forget Here", LABEL))
        window.wait_find("API Token", ENTRY | ROW)
        stage.wait_kept()


def hold_return(build_dir, accepted):
    """Return is held in the field: one try, and another one only after its answer was seen."""
    with Stage(build_dir, tap=True) as stage, stage.start() as app:
        window = app.window
        type_token(window, stage.create() if accepted else "abcDEF123456789")
        x_input("keydown", "Return", "sleep", HELD_SECONDS, "keyup", "Return")
        if accepted:
            wait_signed_in(window, "SAMPLE1")
            expect(stage.tap.count("authorize") == 1, "it was sent twice")
            expect(app.find_window([window]) is None, "something was opened")
            expect(not window.find("Back", BUTTON), "a token was opened")
        else:
            window.wait_says("doesn’t accept this token")
            # Each is a try that the service counts.
            expect(stage.tap.count("authorize") <= 2,
                   f"it was sent {stage.tap.count('authorize')} times")


def ways_to_close(stage, app, window):
    return {
        "Escape": lambda: app.key("Escape"),
        "Ctrl+W": lambda: app.key("ctrl+w"),
        "Ctrl+Q": lambda: app.key("ctrl+q"),
        "the cross": lambda: stage.screen.close_window(window.x_id),
    }


def wait_for_what(stage, window, what):
    """Begins what takes long."""
    if what == "the browser":
        press(window, "Sign In with the Browser")
        stage.browser.wait_page()
        window.wait_says(WAITING)
    else:
        submit(window, stage.create(name="Desk"))
        window.wait_says("^Signing in…$")


def close_while_waiting(build_dir, what):
    """Whoever closes the window in the middle of signing in leaves nothing behind."""
    with Stage(build_dir, browser=True, tap=True) as stage:
        stage.tap.latency = SLOW_SECONDS
        for name in ("Ctrl+W", "Ctrl+Q", "the cross"):
            if what == "the browser":
                stage.settings.write(service=stage.demo.url, app_id=APP_ID)
            with stage.start() as app:
                wait_for_what(stage, app.window, what)
                ways_to_close(stage, app, app.window)[name]()
                app.wait_for_end()
            expect(not stage.settings.logins() and not stage.keyring.items(),
                   f"{name}: something is kept")
            if what != "the browser":
                stage.owner.delete("SAMPLE1", "Desk")


def close_dialog_while_waiting(build_dir, what):
    with Stage(build_dir, browser=True, tap=True) as stage, stage.start() as app:
        if what == "the browser":
            stage.settings.write(service=stage.demo.url, app_id=APP_ID)
        stage.sign_in(app, "SAMPLE2", "First")
        stage.wait_kept("SAMPLE2")
        stage.tap.latency = SLOW_SECONDS
        for name in ("Escape", "Ctrl+W", "the cross"):
            dialog = add_account(app.window)
            wait_for_what(stage, dialog, what)
            ways_to_close(stage, app, dialog)[name]()
            wait_closed(dialog)
            if what != "the browser":
                stage.owner.delete("SAMPLE1", "Desk")
        app.window.point_at_nothing()
        app.key("F5")
        stage.wait_kept("SAMPLE2")
        expect(accounts_of(app.window) == (["SAMPLE2"], ["SAMPLE2"]), "an account was added")


def die_while_signing_in(build_dir):
    """The service dies at each step; it comes back, and all goes on."""
    with Stage(build_dir, browser=True, tap=True) as stage, stage.start() as app:
        window = app.window
        stage.tap.latency = 60
        token = stage.create(name="Look", scopes=["read"])
        submit(window, token)
        app.wait_for("the call", lambda: stage.tap.count("authorize"))
        for stream in list(stage.tap.streams):
            stream.close()
        window.wait_says("The service can’t be reached")
        stage.tap.latency = 0
        x_input("sleep", READING_SECONDS, "key", "Return")
        window.wait_says("^This Token Can’t Do Everything$")
        for stream in list(stage.tap.streams):
            stream.close()
        press(window, "Continue with It")
        window.wait_says("^API Tokens Need Admin$")
        app.wait_for("the strip to go", lambda: not window.says("^Offline|^Connecting"))
        expect(len(open_view(window, APPS)) == 13, "that are not the apps")


def die_before_the_tokens(build_dir):
    """The service dies between the browser and the program."""
    with Stage(build_dir, browser=True) as stage, stage.start() as app:
        press(app.window, "Sign In with the Browser")
        redirect = stage.browser.wait_page().answer("allow")
        stage.demo.process.send_signal(signal.SIGKILL)
        stage.demo.process.wait()
        stage.browser.follow(redirect)
        app.window.wait_says("The service can’t be reached")
        expect(not stage.settings.logins(), "an account is remembered")


def accessible_tree(build_dir):
    with Stage(build_dir, browser=True) as stage:
        service = dict(service=stage.service, app_id=APP_ID)
        stage.settings.write()
        with stage.start() as app:
            window = app.window

            def compare_to(name, lines):
                """The same on every day, at whatever port."""
                return f"sign-in-{name}", compare(f"sign-in-{name}", [
                    line.replace(f":{stage.demo.port}", ":(port)") for line in lines])

            focus(window, "How to Create Such a Token", ROW)
            x_input("sleep", READING_SECONDS, "key", "Return")
            find_node(window, "Open the Token Page", BUTTON)
            yield compare_to("first", window.outline())
            stage.settings.write(**service)
            window.wait_says("what you paste is sent to")
            submit(window, "abcDEF987654321")
            window.wait_says("doesn’t accept this token")
            yield compare_to("refused", window.outline())
            submit(window, stage.create(name="Look", scopes=["read"]))
            window.wait_says("^This Token Can’t Do Everything$")
            yield compare_to("check", window.outline())
            press(window, "Use Another Token")
            press(window, "Sign In with the Browser")
            page = stage.browser.wait_page()
            window.wait_says(WAITING)
            yield compare_to("waiting", window.outline())
            stage.browser.follow(page.answer("allow"))
            wait_signed_in(window, "SAMPLE1")
            stage.wait_kept(*ALL)
            yield compare_to("switcher", outline(window.open_switcher().node))
            close_switcher(window)
            question = ask_to_remove(window, "SAMPLE3")
            yield compare_to("remove-browser", question.outline())
            answer(question, "Cancel")
            dialog = add_account(window)
            yield compare_to("add", dialog.outline())
            submit(dialog, stage.create(name="Desk"))
            wait_closed(dialog)
            app.wait_for("its row", lambda: "This program" in (
                window.find_row(TOKENS, "Desk") or ""))
            question = ask_to_remove(window, "SAMPLE1")
            yield compare_to("remove-token", question.outline())
            answer(question, "Cancel")
            stage.owner.delete("SAMPLE1", "Desk")
            window.point_at_nothing()
            app.key("F5")
            window.click(window.wait_find("Sign In Again", BUTTON), READING_SECONDS)
            dialog = wait_dialog(window)
            dialog.point_at_nothing()
            yield compare_to("again", dialog.outline())
            app.key("Escape")
            wait_closed(dialog)
            window.point_at_nothing()
            app.key("ctrl+comma")
            dialog = wait_dialog(window)
            dialog.point_at_nothing()
            yield compare_to("preferences", dialog.outline())
            app.key("Escape")
            wait_closed(dialog)


def main():
    cases = Cases(size="1280x1000")
    cases.add("a token is pasted", paste)
    cases.add("a token that can't do everything", paste_lesser)
    cases.add("the browser, and the program runs", by_browser)
    cases.add("the browser, by the command line", by_command)
    cases.add("the answer starts a program", late_start)
    cases.add("the answer starts a program by the command line", late_command)
    cases.add("sample data", explore)
    cases.add("the owner says no in the browser", denied)
    cases.add("the browser brings", garbage)
    cases.add("an answer is used again", replay)
    cases.add("one of three tokens is refused", partly_refused)
    cases.add("all of three tokens are refused", all_refused)
    cases.add("an answer after Cancel", cancelled)
    cases.add("an answer after the dialog was closed", closed_dialog)
    cases.add("an answer after the program was closed", closed_program)
    cases.add("the same answer twice at once", at_once)
    cases.add("double clicks do what one click does", double_clicks)
    cases.add("Return held down signs in once", hold_return, True)
    cases.add("Return held down with a wrong token", hold_return, False)
    for what in ("the service", "the browser"):
        cases.add(f"the window is closed while it waits for {what}", close_while_waiting, what)
        cases.add(f"the dialog is closed while it waits for {what}", close_dialog_while_waiting,
                  what)
    cases.add("the service dies while somebody signs in", die_while_signing_in)
    cases.add("the service dies before it gets the browser's tokens", die_before_the_tokens)
    cases.add("assistive technology is told of", accessible_tree)
    take_option(cases, accessible_tree)
    return cases.main()


if __name__ == "__main__":
    sys.exit(main())
