#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of tokens is searched, filtered and sorted; the details of a token show its secret if a
copy is kept, test it and make another one like it; a token that was found is looked at.

Real clicks and keys. What is there is asked of the service, and what is kept of the keyring.
"""

import re
import sys
import time

from accessible import BUTTON, CHECK, CHECKED, ENTRY, LABEL, MENU_ITEM, RADIO, ROW
from canary import LoudApp, read_accessible, read_process
from driver import READING_SECONDS, Cases, x_input
from hands import (
    APPS, TOKENS, expect, find_node, open_details, open_view, wait_closed, wait_dialog, wait_list)
from outlines import compare, take_option
from token_hands import (
    HELD_SECONDS, SECRET, close, create_kept, expect_one_window, focused,
    go_to, leave, names, open_action, open_by_key, open_check, paste, press_button, say_yes,
    signed_in, take_copy, wait_focus, wait_names, wait_question)

ALL = ("Desk", "Grid bot", "Monthly report", "Old payout script", "Portfolio viewer", "Spare bot",
       "Token Manager")
BY_USE = ("Desk", "Portfolio viewer", "Grid bot", "Token Manager", "Monthly report",
          "Old payout script", "Spare bot")
LEAST_SECONDS = 5
COPIED = "^Copied. It is cleared from the clipboard in"


def search(build_dir):
    with signed_in(build_dir) as (_stage, app, window):
        go_to(window, "Monthly report")
        app.key("g", "r")
        wait_names(window, "Grid bot")
        entry = window.wait_find("Search", ENTRY)
        expect(entry.text == "gr", f"“{entry.text}” is searched for")
        app.key("Escape")
        wait_names(window, *ALL)
        app.wait_for("the bar to go", lambda: window.find("Search", ENTRY) is None)
        expect(focused(window) is not None, "nothing has the focus")

        app.key("ctrl+f")
        app.wait_for("the bar", lambda: window.find("Search", ENTRY))
        app.type("payments")
        wait_names(window, "Old payout script", "Token Manager")
        app.type(" of nobody")
        window.wait_says("^No Match$")
        window.wait_says("^Nothing here matches “payments of nobody”.$")
        press_button(window, "Clear Search and Filter", 2)
        wait_names(window, *ALL)
        expect_one_window(window)
        window.point_at_nothing()
        # What is typed into something else is no search.
        open_by_key(window, "Grid bot")
        app.key("s", "ctrl+f")
        leave(window)
        wait_names(window, *ALL)


def choose_level(window, name):
    window.click(window.wait_find(re.compile(f"^{name}, "), RADIO), READING_SECONDS)
    window.point_at_nothing()


def levels(window):
    return [node.name for node in window.frame.walk() if node.role in RADIO and node.has_size]


def filter_by_level(build_dir):
    with signed_in(build_dir) as (_stage, app, window):
        counts = ["All, 7 tokens", "View only, 2 tokens", "Can trade, 2 tokens",
                  "Can move money, 1 token", "Full control, 2 tokens"]
        expect(levels(window) == counts, f"the filter says {levels(window)}")
        choose_level(window, "Can trade")
        wait_names(window, "Grid bot", "Spare bot")
        expect(levels(window) == counts, f"now it says {levels(window)}")
        app.key("ctrl+f")
        app.wait_for("the bar", lambda: window.find("Search", ENTRY))
        app.type("spare")
        wait_names(window, "Spare bot")
        app.key("ctrl+a")
        app.type("desk")
        window.wait_says("^Nothing with the access level “Can trade” matches “desk”.$")
        press_button(window, "Clear Search and Filter")
        wait_names(window, *ALL)
        window.point_at_nothing()
        choose_level(window, "Full control")
        wait_names(window, "Desk", "Token Manager")
        choose_level(window, "All")
        wait_names(window, *ALL)


def sort(build_dir):
    """The order survives the end of the program; what hides rows does not."""
    with signed_in(build_dir) as (stage, app, window):
        window.click(window.wait_find("Sort", BUTTON), READING_SECONDS)
        window.wait_menu().click(re.compile("Last Used"), MENU_ITEM | RADIO | frozenset({8, 45}))
        wait_names(window, *BY_USE)
        stage.settings.wait("sort-order", "last-used")
        window.point_at_nothing()
        choose_level(window, "Can trade")
        app.key("ctrl+f")
        app.type("spare")
        wait_names(window, "Spare bot")
        stage.wait_kept("SAMPLE1")
        window.point_at_nothing()
        app.quit()
        with stage.start() as again:
            again.wait_for("the list", lambda: again.window.list_rows(TOKENS))
            wait_names(again.window, *BY_USE)
            open_view(again.window, APPS)
            rows = names(again.window, APPS)
            expect(rows != sorted(rows), "the apps are sorted by name")
            again.window.point_at_nothing()


def details(build_dir):
    """Back to the same row, by whatever way."""
    with signed_in(build_dir) as (_stage, app, window):
        def click_back():
            window.click(window.wait_find("Back", BUTTON), READING_SECONDS)

        for back in (lambda: app.key("Escape"), lambda: app.key("alt+Left"), click_back):
            open_by_key(window, "Old payout script")
            for text in ("^Can move money$", "^Can be used only from 203.0.113.7$", "^It isn’t kept here, and nobody"):
                window.wait_says(text)
            back()
            wait_list(window)
            wait_focus(window, "^Old payout script,")
            window.point_at_nothing()
        # Two in a row are one.
        app.key("Return")
        window.wait_find("Back", BUTTON)
        press_button(window, "Back", 2)
        wait_list(window)
        x_input("sleep", READING_SECONDS)
        wait_list(window)


def copies(stage):
    return stage.keyring.items(kind="copy")


def wait_copies(stage, app, n_copies):
    app.wait_for(f"{n_copies} copies in the keyring", lambda: len(copies(stage)) == n_copies)


def copy_kept(build_dir):
    with signed_in(build_dir) as (stage, app, window):
        secret = create_kept(window, "Kept", "Read")
        wait_copies(stage, app, 1)
        app.key("ctrl+c")
        window.wait_says(COPIED)
        expect(stage.screen.read_selection("CLIPBOARD") == secret, "it was not the secret")
        go_to(window, "Grid bot")
        app.key("ctrl+c")
        window.wait_says("^The secret of “Grid bot” isn’t kept here, and the service can’t show it")
        expect(stage.screen.read_selection("CLIPBOARD") == secret, "something else was copied")
        press_button(window, "Copy the secret of Kept", 2)
        window.point_at_nothing()
        window.wait_says(COPIED)
        open_by_key(window, "Kept")
        press_button(window, "Copy the secret", 2)
        window.point_at_nothing()
        leave(window)


def is_revealed(window, secret):
    return window.says(f"^{secret}$") is not None


def wait_hidden(window, secret, seconds=20):
    window.app.wait_for("the secret to be hidden", lambda: not is_revealed(window, secret), seconds)
    window.wait_find("Show the secret", BUTTON)


def reveal(build_dir):
    with signed_in(build_dir, hide_secrets_seconds=LEAST_SECONDS) as (stage, app, window):
        secret = create_kept(window, "Kept", "Read")
        open_by_key(window, "Kept")
        expect(secret.encode() not in read_accessible(app), "it is told before it is shown")
        press_button(window, "Show the secret")
        window.wait_says(f"^{secret}$")
        shown = time.monotonic()
        wait_hidden(window, secret)
        took = time.monotonic() - shown
        expect(LEAST_SECONDS - 1 < took < 2 * LEAST_SECONDS, f"that took {took:.1f} s")
        press_button(window, "Show the secret")
        window.wait_says(f"^{secret}$")
        press_button(window, "Hide the secret")
        wait_hidden(window, secret, LEAST_SECONDS - 2)
        window.point_at_nothing()
        # Without a window manager nobody else moves the focus from window to window.
        x_input("windowfocus", window.x_id)
        press_button(window, "Show the secret")
        window.wait_says(f"^{secret}$")
        app.key("ctrl+comma")
        dialog = wait_dialog(window)
        x_input("windowfocus", dialog.x_id)
        wait_hidden(window, secret, LEAST_SECONDS - 2)
        close(dialog)
        x_input("windowfocus", window.x_id)
        press_button(window, "Show the secret")
        window.wait_says(f"^{secret}$")
        leave(window)
        expect(secret.encode() not in read_accessible(app), "it is told after the page was left")
        forget(stage, app, window)


def forget(stage, app, window):
    window.point_at_nothing()
    open_by_key(window, "Kept")
    press_button(window, "Forget Copy", 2)
    question = wait_question(window, "^Forget the Secret of “Kept”")
    x_input("sleep", READING_SECONDS)
    expect(question.is_open and len(copies(stage)) == 1, "a double click forgets it")
    question.point_at_nothing()
    app.key("Escape")
    wait_closed(question)
    expect(len(copies(stage)) == 1, "Escape forgets it")
    press_button(window, "Forget Copy")
    say_yes(wait_question(window, "^Forget the Secret of “Kept”"), "Forget")
    wait_copies(stage, app, 0)
    window.wait_says("^It isn’t kept here, and nobody can show it again")
    expect("Kept" in stage.owner.list_tokens("SAMPLE1"), "the token is gone, too")
    leave(window)


def deleted_elsewhere(build_dir):
    """The copy of what is deleted elsewhere goes by itself; others stay."""
    with signed_in(build_dir) as (stage, app, window):
        create_kept(window, "Kept", "Read")
        create_kept(window, "Other", "Read")
        wait_copies(stage, app, 2)
        stage.owner.delete("SAMPLE1", "Kept")
        app.key("F5")
        app.wait_for("the row to go", lambda: not window.find_row(TOKENS, "Kept"))
        wait_copies(stage, app, 1)
        go_to(window, "Other")
        app.key("Delete")
        say_yes(wait_question(window, "^Delete “Other”"), "Delete")
        wait_copies(stage, app, 0)


def test_kept(build_dir):
    with signed_in(build_dir) as (stage, _app, window):
        create_kept(window, "Kept", "Read", "Trade")
        open_by_key(window, "Kept")
        press_button(window, "Test…", 2)
        dialog = wait_dialog(window)
        dialog.point_at_nothing()
        dialog.wait_says("^“Kept” Works$")
        dialog.wait_says("^This is “Kept” in your list.$")
        expect_only(window, dialog)
        close(dialog)
        wait_focus(window, "^Test…")
        expect("Kept" in stage.owner.list_tokens("SAMPLE1"), "it is gone")
        leave(window)


def expect_only(window, dialog):
    expect(window.app.find_window([window, dialog]) is None, "there is a second dialog")


def test_pasted(build_dir):
    with signed_in(build_dir) as (stage, app, window):
        secret = stage.create(name="Pasted", scopes=("read", "trade"))
        other = stage.create(name="Another", scopes=("read", "trade"))
        app.key("F5")
        window.wait_row(TOKENS, "Another")
        open_by_key(window, "Pasted")
        dialog = open_action(window, "Test…")
        dialog.wait_says("^Paste the secret of “Pasted” to see whether it still works.")
        paste(dialog, "abcDEF123456789")
        dialog.wait_says("doesn’t accept this token")
        expect(find_node(dialog, "API Token", ENTRY | ROW).text, "what was typed is gone")
        paste(dialog, "not a token")
        dialog.wait_says("only letters, digits")
        paste(dialog, secret)
        dialog.wait_says("^“Pasted” Works$")
        close(dialog)
        dialog = open_action(window, "Test…")
        paste(dialog, other)
        dialog.wait_says("^It Works, but Is Not “Pasted”$")
        dialog.wait_says("^It is “Another”, not “Pasted”.$")
        close(dialog)
        # In the middle.
        stage.tap.latency = 2
        dialog = open_action(window, "Test…")
        paste(dialog, secret)
        app.key("Escape")
        wait_closed(dialog)
        stage.tap.latency = 0
        leave(window)


def ticked(dialog):
    return {node.name.split()[0] for node in dialog.frame.walk()
            if node.role in CHECK and node.has_state(CHECKED) and node.name.split()[0] != "Only"}


def duplicate(build_dir):
    with signed_in(build_dir) as (stage, app, window):
        open_by_key(window, "Grid bot")
        press_button(window, "Duplicate…", 2)
        dialog = wait_dialog(window)
        dialog.point_at_nothing()
        dialog.wait_says("^Another token like “Grid bot”, which stays as it is.$")
        name = find_node(dialog, "Name", ENTRY | ROW).text
        expect(name == "Grid bot 2", f"“{name}” is proposed")
        expect(ticked(dialog) == {"Read", "Trade"}, f"{ticked(dialog)} are ticked")
        expect_only(window, dialog)
        # Nothing was typed: it asks nothing.
        close(dialog)
        expect("Grid bot 2" not in stage.owner.list_tokens("SAMPLE1"), "it was created")
        dialog = open_action(window, "Duplicate…")
        app.key("ctrl+Return")
        take_copy(dialog)
        close(dialog)
        wait_list(window)
        wait_focus(window, "^Grid bot 2, Can trade · Read, Trade,")
        expect({"Grid bot", "Grid bot 2"} <= stage.owner.list_tokens("SAMPLE1"),
               "the service hasn’t got both")
        # What was typed is asked about.
        open_by_key(window, "Grid bot 2")
        dialog = open_action(window, "Duplicate…")
        app.type("Something else")
        app.key("Escape")
        say_yes(wait_question(window, "^Discard What You Typed", dialog), "Discard")
        wait_closed(dialog)
        wait_focus(window, "^Duplicate…")
        leave(window)


def check_mine(build_dir):
    """A token that was found is one of mine, and is deleted from there."""
    with signed_in(build_dir) as (stage, app, window):
        secret = stage.create(name="Found", scopes=("read", "trade"))
        app.key("F5")
        window.wait_row(TOKENS, "Found")
        dialog = open_check(window)
        paste(dialog, "  rubbish!")
        dialog.wait_says("only letters, digits")
        paste(dialog, secret)
        dialog.wait_says("^This Token Works$")
        dialog.wait_says("^This is “Found” in your list.$")
        dialog.wait_says("It is one of the accounts that you have here")
        press_button(dialog, "Delete This Token…", 2)
        question = wait_question(window, "^Delete “Found”", dialog)
        x_input("sleep", READING_SECONDS)
        expect(stage.owner.can_sign_in(secret), "a double click deletes it")
        question.point_at_nothing()
        app.key("Escape")
        wait_closed(question)
        press_button(dialog, "Delete This Token…")
        say_yes(wait_question(window, "^Delete “Found”", dialog), "Delete")
        dialog.wait_says("^This Token Is Deleted$")
        dialog.wait_says("^It was “Found”.$")
        expect(not stage.owner.can_sign_in(secret), "it still works")
        close(dialog)
        app.wait_for("the row to go", lambda: not window.find_row(TOKENS, "Found"))


def check_others(build_dir):
    """Those of another account: with Admin it is deleted from its own list, else that is said."""
    with signed_in(build_dir) as (stage, app, window):
        strong = stage.create("SAMPLE2", "Strong", ("read", "admin"))
        weak = stage.create("SAMPLE2", "Weak", ("read",))
        dialog = open_check(window)
        paste(dialog, weak)
        dialog.wait_says("^This Token Works$")
        dialog.wait_says("You aren’t signed in to it here")
        dialog.wait_says("^To delete it, sign in to SAMPLE2")
        expect(dialog.find("Delete This Token…", BUTTON) is None, "it can be deleted")
        press_button(dialog, "Another", 2)
        dialog.point_at_nothing()
        paste(dialog, strong)
        dialog.wait_says("^This is “Strong” in the list of its account.$")
        press_button(dialog, "Delete This Token…")
        say_yes(wait_question(window, "^Delete “Strong”", dialog), "Delete")
        dialog.wait_says("^This Token Is Deleted$")
        expect(not stage.owner.can_sign_in(strong), "it still works")
        expect(stage.owner.can_sign_in(weak), "the other one is gone, too")
        close(dialog)
        wait_names(window, *ALL)


def check_in_haste(build_dir):
    """Return held, Escape in the middle, and the window closed under the dialog."""
    with signed_in(build_dir) as (stage, app, window):
        secret = stage.create(name="Found", scopes=("read",))
        dialog = open_check(window)
        stage.tap.latency = 1
        paste(dialog, secret)
        x_input("keydown", "Return", "sleep", HELD_SECONDS, "keyup", "Return")
        dialog.wait_says("^This Token Works$")
        expect(dialog.is_open, "Return closed what it led to")
        stage.tap.latency = 0
        close(dialog)
        dialog = open_check(window)
        stage.tap.latency = 2
        paste(dialog, secret)
        app.key("Escape")
        wait_closed(dialog)
        dialog = open_check(window)
        paste(dialog, secret)
        stage.screen.close_window(window.x_id)
        stage.screen.close_window(dialog.x_id)
        app.wait_for("the dialog to close", lambda: not dialog.is_open)
        stage.tap.latency = 0


def choose_several(window, *chosen):
    """Selects rows by keys, as many as are CHOSEN."""
    press_button(window, "Select Several")
    for name in chosen:
        go_to(window, name)
        window.app.key("space")
        window.wait_says(r"^\d selected$")
    window.point_at_nothing()
    window.wait_says(f"^{len(chosen)} selected$")


def delete_several(build_dir):
    """Those that were selected go, and no others; a hasty hand deletes none."""
    with signed_in(build_dir) as (stage, app, window):
        before = stage.owner.list_tokens("SAMPLE1")
        choose_several(window, "Grid bot", "Old payout script")
        press_button(window, "Delete 2 Tokens…", 2)
        dialog = wait_dialog(window)
        dialog.point_at_nothing()
        dialog.wait_says("^Delete 2 Tokens[?]$")
        expect_only(window, dialog)
        x_input("keydown", "Return", "sleep", HELD_SECONDS, "keyup", "Return")
        wait_closed(dialog)
        while app.find_window([window]):
            close(app.find_window([window]))
        expect(stage.owner.list_tokens("SAMPLE1") == before, "Return deletes something")
        press_button(window, "Delete 2 Tokens…")
        dialog = wait_dialog(window)
        dialog.wait_says("^Delete 2 Tokens[?]$")
        press_button(dialog, "Delete 2 Tokens", 2)
        dialog.wait_find("Copy Report", BUTTON)
        left = stage.owner.list_tokens("SAMPLE1")
        expect(left == before - {"Grid bot", "Old payout script"}, f"there are {left}")
        expect(stage.tap.count("delete_token") == 2, "it was asked for more than twice")
        press_button(dialog, "Close")
        wait_closed(dialog)
        window.point_at_nothing()
        app.wait_for("the rows to go", lambda: set(names(window)) == left)


def expect_nowhere(stage, app, secrets, told=False):
    """None of SECRETS is where it may not be."""
    places = {"log": app.read_errors().encode(), "process": read_process(app)}
    if not told:
        places["what assistive technology is told"] = read_accessible(app)
    for place, said in places.items():
        for secret in secrets:
            expect(secret.encode() not in said, f"a secret is in: {place}")
    expect(not stage.screen.read_selection("PRIMARY"), "PRIMARY has something")


def canary(build_dir):
    """Secrets are in no log, name or argument, and are told to nobody once they are hidden."""
    with signed_in(build_dir, start={"app": LoudApp}) as (stage, app, window):
        secret = create_kept(window, "Kept", "Read")
        pasted = stage.create(name="Pasted", scopes=("read",))
        secrets = {secret, pasted}
        app.key("F5")
        window.wait_row(TOKENS, "Pasted")
        expect_nowhere(stage, app, secrets)
        open_by_key(window, "Kept")
        press_button(window, "Show the secret")
        window.wait_says(SECRET)
        expect_nowhere(stage, app, secrets, told=True)
        press_button(window, "Hide the secret")
        wait_hidden(window, secret)
        expect_nowhere(stage, app, secrets)
        dialog = open_action(window, "Test…")
        dialog.wait_says("^“Kept” Works$")
        expect_nowhere(stage, app, secrets)
        close(dialog)
        leave(window)
        dialog = open_check(window)
        paste(dialog, pasted)
        dialog.wait_says("^This Token Works$")
        expect_nowhere(stage, app, secrets)
        close(dialog)
        expect_nowhere(stage, app, secrets)


TIME = re.compile(r"\d+ [A-Z][a-z]+ \d{4}, \d\d:\d\d:\d\d UTC")
BACK = "  button “Back”"
AS_OF = re.compile(r"as of \d\d:\d\d")
MINUTES = re.compile(r"Used \d+ minutes ago")


def compare_tree(name, window, *secrets):
    """Compares what assistive technology is told, whenever that is."""
    lines = [AS_OF.sub("as of (a time)", MINUTES.sub("Used (some) minutes ago",
                                                     TIME.sub("(a time)", line)))
             for line in window.outline(secrets)]
    # What is behind is told of, too, but not seen: the list, or the details that were left.
    if BACK in lines:
        lines[1:lines.index(BACK)] = []
    elif f"{BACK}, off" in lines:
        del lines[lines.index(f"{BACK}, off"):]
    return name, compare(name, lines)


def accessible_tree(build_dir):
    with signed_in(build_dir) as (stage, app, window):
        secret = create_kept(window, "Kept", "Read", "Trade")
        app.wait_for("the notes to go", lambda: not window.says("^Signed in to"))
        yield compare_tree("tokens-list", window)
        choose_level(window, "Can trade")
        app.key("ctrl+f")
        app.type("kept")
        wait_names(window, "Kept")
        yield compare_tree("tokens-filtered", window)
        app.type(" no more")
        window.wait_says("^No Match$")
        yield compare_tree("tokens-no-match", window)
        press_button(window, "Clear Search and Filter")
        wait_names(window, *sorted((*ALL, "Kept")))
        open_by_key(window, "Kept")
        yield compare_tree("token-details", window)
        press_button(window, "Show the secret")
        window.wait_says(f"^{secret}$")
        # Its tip goes with the pointer.
        window.point_at_nothing()
        app.wait_for("the tip to go", lambda: window.find("Hide the secret", LABEL) is None)
        yield compare_tree("token-details-revealed", window, secret)
        dialog = open_action(window, "Test…")
        dialog.wait_says("^“Kept” Works$")
        wait_focus(dialog, "^Done$")
        yield compare_tree("token-test-result", dialog)
        close(dialog)
        leave(window)
        dialog = open_check(window)
        wait_typing(dialog)
        yield compare_tree("check-token-ask", dialog)
        paste(dialog, "abcDEF123456789")
        dialog.wait_says("doesn’t accept this token")
        yield compare_tree("check-token-refused", dialog, "abcDEF123456789")
        paste(dialog, stage.create("SAMPLE2", "Found", ("read", "admin")))
        dialog.wait_says("^This Token Works$")
        yield compare_tree("check-token-result", dialog)
        close(dialog)
        choose_several(window, "Grid bot", "Old payout script")
        yield compare_tree("several-selected", window)
        press_button(window, "Delete 2 Tokens…")
        dialog = wait_dialog(window)
        dialog.point_at_nothing()
        wait_focus(dialog, "^Cancel$")
        yield compare_tree("several-question", dialog)
        press_button(dialog, "Delete 2 Tokens")
        dialog.wait_find("Copy Report", BUTTON)
        dialog.point_at_nothing()
        yield compare_tree("several-report", dialog)
        press_button(dialog, "Close")
        wait_closed(dialog)
        open_view(window, APPS)
        open_details(window, "Copy Harbour", "Copy Harbour")
        window.point_at_nothing()
        wait_focus(window, "^Permissions$")
        window.wait_says("^In the account SAMPLE1, as of")
        yield compare_tree("app-details", window)


def wait_typing(dialog):
    dialog.wait_find("API Token", ENTRY | ROW)


def main():
    cases = Cases(size="1280x1000", at_once=6)
    for name, function in (
            ("the list is searched", search),
            ("filtered by access level", filter_by_level),
            ("sorted, also after a restart", sort),
            ("details, and back to the same row", details),
            ("a kept secret is copied", copy_kept),
            ("revealed, hidden again, forgotten", reveal),
            ("the copy of what is deleted goes, too", deleted_elsewhere),
            ("a kept secret is tested", test_kept),
            ("a pasted secret is tested", test_pasted),
            ("a token is duplicated", duplicate),
            ("several are deleted", delete_several),
            ("a found token of this account", check_mine),
            ("found tokens of another account", check_others),
            ("a found token is checked in haste", check_in_haste),
            ("secrets are nowhere but where they are shown", canary)):
        cases.add(name, function)
    cases.add("assistive technology is told of", accessible_tree)
    take_option(cases, accessible_tree)
    return cases.main()


if __name__ == "__main__":
    sys.exit(main())
