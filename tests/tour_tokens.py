# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scenes of tests/tour.py about tokens and apps: looking, creating, deleting, revoking."""

import contextlib
import re

from accessible import BUTTON, CHECK, ENTRY, LABEL, MENU_ITEM, ROW, TAB
from driver import READING_SECONDS, Demo
from hands import (
    APPS, TOKENS, answer, enter, expect, find_node, focus, open_details, open_view, press, wait_closed,
    wait_dialog, wait_list, wait_rows)
from peer import Client, Server, Tap

LATENCY_MS = 300
EDGE = 60


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


def choose(dialog, preset):
    """Clicks on a preset."""
    dialog.click(dialog.wait_find(preset, LABEL))


def tick(dialog, *labels):
    """Ticks boxes; those out of sight by keys."""
    for label in labels:
        node = dialog.find(label, LABEL)
        # Of one at the edge perhaps only a strip is.
        if node is not None and node.center[1] < dialog.size[1] - EDGE:
            dialog.click(node)
        else:
            focus(dialog, label, CHECK)
            dialog.app.key("space")


def create(dialog):
    """Clicks on Create; returns the secret."""
    dialog.click(dialog.wait_find("Create", BUTTON))
    return dialog.wait_says("^[A-Za-z0-9]{15}$")


def confirm(tour, dialog, words, picture, pattern, yes):
    """Clicks on Create, and on YES where the money is at stake; returns the secret."""
    dialog.click(dialog.wait_find("Create", BUTTON))
    question = dialog.app.wait_for("the question", lambda: dialog.app.find_window(
        [dialog.app.window, dialog]))
    with tour.step(words, picture, question):
        question.wait_says(pattern)
    question.click(question.wait_find(yes, LABEL), READING_SECONDS)
    wait_closed(question)
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
        rows = wait_rows(window, TOKENS, 6)
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
        for ability in ("Move money between your accounts", "Buy and sell contracts"):
            find_node(window, re.compile(re.escape(ability)), ROW)

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

    with tour.step("A preset ticks the boxes, and shows what the token will be able to do", "preset",
                   dialog):
        enter_name(dialog, "Night bot")
        choose(dialog, "Trading bot or copying service")
        dialog.wait_says("^Can trade$")
        dialog.wait_says("You answer for every transaction")
        expect(dialog.wait_find("Create", BUTTON).is_sensitive, "it can't be created")

    with tour.step("Escape asks whether to discard that", "discard", dialog):
        dialog.point_at_nothing()
        window.app.key("Escape")
        question = window.app.wait_for("the question",
                                       lambda: window.app.find_window([window, dialog]))
        question.wait_says("^Discard What You Typed")
    answer(question, "Go Back")

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
    confirm(tour, dialog, "A token that can get at the money takes one step more", "confirm",
            "withdraw all of it", "Give Full Control")
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
    window.app.wait_for("the row to leave", lambda: not window.find_row(TOKENS, name))

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


def lose_the_answer(tour, window, tap, owner):
    """Somebody hangs up between the request and its answer."""
    dialog = open_new_token(window, tour.look.dialog_width)
    enter_name(dialog, "Lost one")
    tick(dialog, "Read")
    with tour.step("The answer is lost: the list decides, and it was created", "secret-lost",
                   dialog):
        tap.lose_answer("new_token")
        dialog.click(dialog.wait_find("Create", BUTTON), READING_SECONDS)
        dialog.wait_says("its secret was lost on the way")
        expect(len(tap.calls_of("new_token")) == 1, "it was asked for twice")
    with tour.step("One click deletes it, and the form is as it was", "lost-deleted", dialog):
        dialog.click(dialog.wait_find("Delete “Lost one”", BUTTON), READING_SECONDS)
        dialog.wait_says("You can create another one now")
        expect("Lost one" not in owner.list_tokens(), "the service still has it")
        expect(dialog.wait_find("Name", ENTRY | ROW).text == "Lost one", "the name is gone")

    # Nobody is there while the program tries to come back.
    with tour.step("The connection is gone before the service heard of it: it waits for the list",
                   "waiting-for-list", dialog):
        tap.latency = 60
        port = tap.port
        dialog.click(dialog.wait_find("Create", BUTTON), READING_SECONDS)
        dialog.app.wait_for("the request", lambda: len(tap.calls_of("new_token")) == 2)
        tap.close()
        dialog.wait_says("The connection was lost before the service answered")
        dialog.wait_find("Try Now", BUTTON)
    again = Tap(tap.service_url, port)
    with tour.step("Back again: it was not created, and all that was typed is there",
                   "not-created", dialog):
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
        open_view(window, APPS)
        rows = wait_rows(window, APPS, 12)
        for row in rows:
            expect(re.search(", (No access|View only|Can trade|Can move money|Full control)\\b",
                             row), f"no level in “{row}”")
            expect(re.search("Never used|Used |Not used for ", row),
                   f"nothing about its use in “{row}”")
            expect(("Third party" in row) != ("Official" in row), f"nobody made “{row}”")
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
        wait_rows(window, APPS, 11)


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
        app = stack.enter_context(tour.program(build_dir, f"--service={demo.url}"))
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


def show_lost_answers(tour, build_dir):
    with contextlib.ExitStack() as stack:
        demo = stack.enter_context(Demo(build_dir))
        owner = Client(demo.url, demo.token)
        stack.callback(owner.close)
        tap = Tap(demo.url)
        stack.callback(tap.close)
        app = stack.enter_context(tour.program(build_dir, f"--service={tap.url}"))
        app.sign_in(demo.token)
        app.window.wait_find(TOKENS, TAB)
        app.wait_for("the tokens", lambda: app.window.list_rows(TOKENS))
        again = lose_the_answer(tour, app.window, tap, owner)
        stack.callback(again.close)


def show_the_sample(tour, build_dir):
    with tour.program(build_dir, "--demo") as app:
        window = app.window
        with tour.step("--demo opens on sample data, and says so", "sample-data", window):
            window.wait_find(TOKENS, TAB)
            wait_rows(window, TOKENS, 6)
            window.wait_says(r"^Sample data\. Nothing here is real\.$")
            window.wait_find(re.compile("^SAMPLE"), BUTTON)
        with tour.step("The main menu", "menu", window):
            window.click(window.wait_find("Main Menu", BUTTON))
            names = window.wait_menu().names(MENU_ITEM)
            for name in ("Refresh", "Keyboard Shortcuts", "About Token Manager"):
                expect(name in names, f"the menu has no “{name}”")
        show_dialog(tour, window, "The keyboard shortcuts", "shortcuts", "Keyboard Shortcuts",
                    "Show details of a row")
        window.click(window.wait_find("Main Menu", BUTTON))
        show_dialog(tour, window, "About: what it is, and that Deriv has no part in it", "about",
                    "About Token Manager", "Token Manager")
        with tour.step("Leaving the sample data asks nothing, and leads to the first page", "left",
                       window):
            window.open_switcher().click("Remove account SAMPLE1 from this program", BUTTON)
            window.wait_find("API Token", ENTRY | ROW)
        with tour.step("From there, Explore with sample data leads back", "explore", window):
            press(window, "Explore with sample data")
            wait_rows(window, TOKENS, 6)
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


def show_lists(tour, build_dir):
    """The main job on sample data, in whatever look."""
    with tour.program(build_dir, "--demo") as app:
        window = app.window
        for title, name in ((TOKENS, "tokens"), (APPS, "apps")):
            with tour.step(title, name, window):
                open_view(window, title)
        with tour.step("The details of an app", "details", window):
            open_details(window, "Copy Harbour", "Copy Harbour")
        app.key("Escape")
        wait_list(window)
        show_new_token(tour, window)


def show_new_token(tour, window):
    """Creating a token and deleting it."""
    dialog = open_new_token(window, tour.look.dialog_width)
    with tour.step("A name that is taken", "taken-name", dialog):
        enter_name(dialog, "GRID BOT")
        dialog.wait_says("has this name already")
    with tour.step("A new token", "new-token", dialog):
        enter_name(dialog, "Night bot")
        tick(dialog, "Read", "Payments")
        dialog.wait_says("^Can move money$")
    confirm(tour, dialog, "A token that can move money", "confirm", "move money between",
            "Let It Move Money")
    with tour.step("The secret", "token-created", dialog):
        dialog.wait_says("^Not copied yet$")
    window.app.key("Escape")
    question = window.app.wait_for("the question",
                                   lambda: window.app.find_window([window, dialog]))
    with tour.step("Closing before a copy", "not-copied", question):
        question.wait_says("never be shown again")
    answer(question, "Go Back")
    with tour.step("Copied", "copied", dialog):
        dialog.click(dialog.wait_find("Copy", BUTTON))
        dialog.wait_says("Whoever has it can move your money")
    dialog.click(dialog.wait_find("Done", BUTTON))
    wait_closed(dialog)
    with tour.step("The new row", "new-row", window):
        window.wait_says("^New$")
    window.app.key("Delete")
    question = wait_dialog(window)
    with tour.step("Deleting it", "delete", question):
        question.wait_says("^Delete “Night bot”")
    answer(question, "Delete")
    with tour.step("Deleted", "deleted", window):
        window.wait_row(TOKENS, "Night bot", "Deleted")
