#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token is replaced, in either way, and what the dialog says stands is what the service has, also
when the connection goes in the middle, and whatever a hasty hand does.

Real clicks and keys. What was asked for is counted on the wire; what there is then is asked of the
service.
"""

import contextlib
import re
import sys

from accessible import BUTTON, LABEL
from canary import LoudApp, read_accessible, read_process
from driver import READING_SECONDS, Cases, Failed, x_input
from hands import TOKENS, expect, wait_closed, wait_dialog, wait_list
from outlines import compare, take_option
from peer import Tap
from token_hands import (
    HELD_SECONDS, close, copies_of, create_kept, focused, open_action, open_by_key, press_button, say_yes,
    signed_in, take_copy, wait_focus, wait_question, wait_secret)

FIRST = "Create First, Delete Later (Recommended)"
AT_ONCE = "Delete First, Keep the Name"
NAME = "Worker"
NEXT = "Worker 2"
MOST_KEYS = 20
IT_WORKS = f"It Works: Delete “{NAME}”"


@contextlib.contextmanager
def replacing(build_dir, way=None, **options):
    """The dialog that replaces a token whose secret is known here; with its form, if WAY is given."""
    with signed_in(build_dir, **options) as (stage, app, window):
        stage.old = stage.create(name=NAME, scopes=("read", "trade"))
        app.key("F5")
        window.wait_row(TOKENS, NAME)
        open_by_key(window, NAME)
        dialog = open_action(window, "Replace…")
        if way is not None:
            choose(dialog, way)
        yield stage, window, dialog


def choose(dialog, way, clicks=1):
    press_button(dialog, way, clicks)
    dialog.wait_find("Create" if way == FIRST else "Replace", BUTTON)
    dialog.point_at_nothing()
    x_input("sleep", READING_SECONDS)


def make(dialog):
    dialog.point_at_nothing()
    dialog.app.key("ctrl+Return")


def confirm(window, dialog):
    """Says yes to what replacing at once means."""
    say_yes(wait_question(window, f"^Replace “{NAME}” Now", dialog), "Replace")
    dialog.point_at_nothing()


def stands(dialog, sentence):
    """What the dialog says there is now."""
    dialog.wait_says("^" + re.escape(sentence) + "$")


def expect_there(stage, *there):
    """Of the two names these are the service’s."""
    listed = stage.owner.list_tokens("SAMPLE1") & {NAME, NEXT}
    expect(listed == set(there), f"the service has {listed}")


def expect_works(stage, secret, works, which):
    expect(stage.owner.can_sign_in(secret) == works,
           f"the {which} secret {'doesn’t work' if works else 'still works'}")


def makings(stage):
    return [call for call in stage.tap.calls if "new_token" in call]


def deletions(stage):
    return [call for call in stage.tap.calls if "delete_token" in call]


def finish(window, dialog):
    """Done: the list is there, and so is the focus."""
    close(dialog)
    wait_list(window)


def beside(build_dir):
    """Both work until somebody says that the new one does."""
    with replacing(build_dir, FIRST) as (stage, window, dialog):
        stands(dialog, f"“{NAME}” works. There is no new token yet.")
        make(dialog)
        secret = wait_secret(dialog)
        stands(dialog, f"Both “{NAME}” and “{NEXT}” work.")
        expect_there(stage, NAME, NEXT)
        expect(not deletions(stage), "something was deleted")
        take_copy(dialog)
        press_button(dialog, "Next")
        dialog.wait_says("^Does the New Token Work?")
        press_button(dialog, "Back")
        dialog.wait_says(f"^{secret}$")
        press_button(dialog, "Next")
        expect_works(stage, stage.old, True, "old")
        press_button(dialog, IT_WORKS)
        dialog.wait_says("^Replaced$")
        stands(dialog, f"The old “{NAME}” is deleted. The new “{NEXT}” works.")
        expect_there(stage, NEXT)
        expect_works(stage, stage.old, False, "old")
        expect_works(stage, secret, True, "new")
        press_button(dialog, "Done")
        wait_closed(dialog)
        wait_list(window)
        wait_focus(window, f"^{NEXT},")
        expect(len(makings(stage)) == 1 and len(deletions(stage)) == 1, "it was asked for twice")


def later(build_dir):
    """Whoever isn’t sure keeps both."""
    with replacing(build_dir, FIRST) as (stage, window, dialog):
        make(dialog)
        wait_secret(dialog)
        take_copy(dialog)
        press_button(dialog, "Next")
        dialog.wait_find("Later: Keep Both", BUTTON)
        dialog.point_at_nothing()
        x_input("sleep", READING_SECONDS, "key", "Return")
        wait_closed(dialog)
        wait_list(window)
        wait_focus(window, f"^{NEXT},")
        expect_there(stage, NAME, NEXT)
        expect(not deletions(stage), "something was deleted")


def at_once(build_dir):
    """One request, and the old secret is refused afterwards."""
    with replacing(build_dir, AT_ONCE) as (stage, window, dialog):
        dialog.wait_says("^The old secret stops working as soon as you replace it.$")
        make(dialog)
        question = wait_question(window, f"^Replace “{NAME}” Now", dialog)
        question.wait_says("Its old secret stops working at once")
        question.point_at_nothing()
        x_input("sleep", READING_SECONDS, "key", "Escape")
        wait_closed(question)
        expect(not makings(stage), "Escape replaces it")
        make(dialog)
        confirm(window, dialog)
        secret = wait_secret(dialog)
        stands(dialog, f"The old “{NAME}” is deleted. The new “{NAME}” works.")
        expect(secret != stage.old, "it is the old secret")
        expect(len(makings(stage)) == 1 and deletions(stage) == makings(stage),
               f"it was not one request: {makings(stage) + deletions(stage)}")
        expect_there(stage, NAME)
        expect_works(stage, stage.old, False, "old")
        expect_works(stage, secret, True, "new")
        take_copy(dialog)
        press_button(dialog, "Done")
        wait_closed(dialog)
        wait_list(window)
        wait_focus(window, f"^{NAME},")


def kept_copy(build_dir):
    """The copy that is kept of the old one is that of the new one afterwards."""
    with signed_in(build_dir) as (stage, _app, window):
        old = create_kept(window, NAME, "Read")
        open_by_key(window, NAME)
        dialog = open_action(window, "Replace…")
        choose(dialog, AT_ONCE)
        make(dialog)
        confirm(window, dialog)
        secret = wait_secret(dialog)
        dialog.wait_says("^It is in your keyring: the token’s details show it again.$")
        close(dialog)
        window.app.wait_for("the copy of the new one alone",
                            lambda: copies_of(stage) == [secret])
        expect_works(stage, old, False, "old")


def lose_answer(build_dir, way):
    """The service does it, and is cut off before it says so."""
    with replacing(build_dir, way) as (stage, window, dialog):
        stage.tap.lose_answer("new_token")
        make(dialog)
        if way == AT_ONCE:
            confirm(window, dialog)
        dialog.wait_says("secret was lost on the way")
        if way == AT_ONCE:
            stands(dialog, f"The old “{NAME}” is deleted. The new “{NAME}” is there, but nobody has "
                           "its secret.")
            expect_there(stage, NAME)
        else:
            stands(dialog, f"“{NAME}” works. There is “{NEXT}”, too, but nobody has its secret.")
            expect_there(stage, NAME, NEXT)
        expect_works(stage, stage.old, way == FIRST, "old")
        lost = NAME if way == AT_ONCE else NEXT
        press_button(dialog, f"Delete “{lost}”")
        dialog.wait_says("^It is deleted. You can create another one now.$")
        dialog.point_at_nothing()
        if way == AT_ONCE:
            stands(dialog, f"The old “{NAME}” is deleted. There is no new token yet.")
            expect_there(stage)
        else:
            stands(dialog, f"“{NAME}” works. There is no new token yet.")
            expect_there(stage, NAME)
        make(dialog)
        secret = wait_secret(dialog)
        expect_works(stage, secret, True, "new")
        expect(len(makings(stage)) == 2, f"it was asked for {len(makings(stage))} times")
        take_copy(dialog)
        finish_either(window, dialog)


def finish_either(window, dialog):
    dialog.point_at_nothing()
    dialog.app.key("Escape")
    wait_closed(dialog)
    wait_list(window)


def cut_off(build_dir, way):
    """The connection goes before the service has heard of it."""
    with replacing(build_dir, way) as (stage, window, dialog):
        stage.tap.latency = 60
        make(dialog)
        if way == AT_ONCE:
            confirm(window, dialog)
        dialog.app.wait_for("the request", lambda: makings(stage))
        stands(dialog, f"“{NAME}” is being replaced." if way == AT_ONCE
               else f"“{NAME}” works. “{NEXT}” is being created.")
        port = stage.tap.port
        stage.tap.close()
        dialog.wait_says("^The connection was lost before the service answered")
        close_in_the_middle(window, dialog)
        again = Tap(stage.demo.url, port)
        stage.callback(again.close)
        dialog.wait_says("was not created|^Nothing was replaced")
        stands(dialog, f"“{NAME}” works. There is no new token yet.")
        expect_there(stage, NAME)
        expect_works(stage, stage.old, True, "old")
        dialog.point_at_nothing()
        x_input("sleep", READING_SECONDS)
        make(dialog)
        if way == AT_ONCE:
            confirm(window, dialog)
        secret = wait_secret(dialog)
        expect_works(stage, secret, True, "new")
        expect_works(stage, stage.old, way == FIRST, "old")
        take_copy(dialog)
        finish_either(window, dialog)


def close_in_the_middle(window, dialog):
    """Escape and the cross ask, and who goes back has everything as it was."""
    dialog.point_at_nothing()
    for close_it in (lambda: window.app.key("Escape"), lambda: window.app.key("ctrl+w")):
        close_it()
        question = wait_question(window, "^Close before the Service Has Answered", dialog)
        question.point_at_nothing()
        x_input("sleep", READING_SECONDS, "key", "Escape")
        wait_closed(question)
        expect(dialog.is_open, "it was closed")


def lose_deletion(build_dir, happens):
    """The connection goes while the old one is being deleted: the list decides."""
    with replacing(build_dir, FIRST) as (stage, window, dialog):
        make(dialog)
        wait_secret(dialog)
        take_copy(dialog)
        press_button(dialog, "Next")
        dialog.wait_find(IT_WORKS, BUTTON)
        again = None
        if happens:
            stage.tap.lose_answer("delete_token")
        else:
            stage.tap.latency = 60
        press_button(dialog, IT_WORKS)
        if not happens:
            dialog.app.wait_for("the request", lambda: deletions(stage))
            port = stage.tap.port
            stage.tap.close()
            dialog.wait_find(f"Retry: Delete “{NAME}”", BUTTON)
            again = Tap(stage.demo.url, port)
            stage.callback(again.close)
            stands(dialog, f"Nobody knows whether “{NAME}” still works.")
            expect_there(stage, NAME, NEXT)
            window.app.wait_for("the connection", lambda: again.calls_of("api_token"))
            press_button(dialog, f"Retry: Delete “{NAME}”")
        else:
            settle_deletion(dialog)
        stands(dialog, f"The old “{NAME}” is deleted. The new “{NEXT}” works.")
        expect_there(stage, NEXT)
        finish(window, dialog)


def settle_deletion(dialog):
    """Where it can’t be told whether it is gone, somebody tries again."""
    def look():
        retry = dialog.find(f"Retry: Delete “{NAME}”", BUTTON)
        if retry:
            dialog.click(retry, READING_SECONDS)
        return dialog.says("^Replaced$")

    dialog.app.wait_for("the end of it", look)


def in_haste(build_dir):
    """Double clicks on every button, and Return held on the one that deletes."""
    with replacing(build_dir) as (stage, window, dialog):
        expect(window.app.find_window([window, dialog]) is None, "there are two dialogs")
        choose(dialog, FIRST, 2)
        expect(not makings(stage), "a double click creates it")
        press_button(dialog, "Back", 2)
        dialog.wait_find(AT_ONCE, frozenset({32}))
        choose(dialog, FIRST)
        press_button(dialog, "Create", 2)
        wait_secret(dialog)
        x_input("sleep", READING_SECONDS)
        wait_secret(dialog)
        take_copy(dialog)
        press_button(dialog, "Next", 2)
        dialog.wait_says("^Does the New Token Work?")
        expect_there(stage, NAME, NEXT)
        dialog.point_at_nothing()
        x_input("sleep", READING_SECONDS)
        wait_focus(dialog, "^Later")
        window.app.key("Tab")
        wait_focus(dialog, "^It Works")
        stage.tap.latency = 0.5
        x_input("keydown", "Return", "sleep", HELD_SECONDS, "keyup", "Return")
        dialog.wait_says("^Replaced$")
        stage.tap.latency = 0
        wait_focus(dialog, "^Done$")
        expect_there(stage, NEXT)
        finish(window, dialog)
        expect(len(makings(stage)) == 1 and len(deletions(stage)) == 1, "something went twice")


def hold_return(build_dir):
    """Return held from the details on goes no further than one step."""
    with signed_in(build_dir) as (stage, app, window):
        open_by_key(window, "Grid bot")
        for action, wanted in (("Replace…", FIRST), ("Duplicate…", "Create")):
            focus_action(window, action)
            x_input("keydown", "Return", "sleep", HELD_SECONDS, "keyup", "Return")
            dialog = wait_dialog(window)
            dialog.point_at_nothing()
            expect(not makings(stage), f"{action} and Return held creates a token")
            expect(dialog.find(wanted, BUTTON | LABEL) is not None, "it went further")
            close(dialog)
        window.point_at_nothing()
        app.key("Escape")
        wait_list(window)


def focus_action(window, name):
    """Leads the focus to a row of the details, by keys."""
    window.point_at_nothing()
    for key in ["Tab"] * MOST_KEYS + ["Down"] * MOST_KEYS:
        node = focused(window)
        at = node.name if node is not None else ""
        if at == name:
            return
        if key == "Tab" and at == "Test…":
            continue
        window.app.key(key)
    raise Failed(f"no key leads to “{name}”; the focus is on “{at}”")


def close_everything(build_dir):
    """Escape on each page, the cross of what lies behind, and the program quit in the middle."""
    with replacing(build_dir) as (stage, window, dialog):
        close(dialog)
        dialog = open_action(window, "Replace…")
        choose(dialog, FIRST)
        close_or_discard(window, dialog)
        dialog = open_action(window, "Replace…")
        choose(dialog, FIRST)
        make(dialog)
        wait_secret(dialog)
        # Nothing is lost as long as a copy is kept.
        press_button(dialog, "Keep a Copy in My Keyring")
        dialog.wait_says("^The token’s details could show it again.$")
        stage.screen.close_window(window.x_id)
        dialog.point_at_nothing()
        window.app.key("Escape")
        question = wait_question(window, "^Close without a Copy", dialog)
        question.point_at_nothing()
        x_input("sleep", READING_SECONDS, "key", "Escape")
        wait_closed(question)
        expect(dialog.is_open and window.is_open, "something was closed")
        window.app.key("Escape")
        say_yes(wait_question(window, "^Close without a Copy", dialog), "Close")
        wait_closed(dialog)
        expect_there(stage, NAME, NEXT)
        wait_list(window)


def close_or_discard(window, dialog):
    dialog.point_at_nothing()
    window.app.key("Escape")
    wait_closed(dialog)


def canary(build_dir):
    """Neither secret is told to anybody but where it is shown."""
    with replacing(build_dir, FIRST, start={"app": LoudApp}) as (stage, window, dialog):
        make(dialog)
        secret = wait_secret(dialog)
        expect_nowhere(stage, window, {stage.old})
        expect_nowhere(stage, window, {secret}, told=True)
        take_copy(dialog)
        press_button(dialog, "Next")
        dialog.wait_find(IT_WORKS, BUTTON)
        press_button(dialog, IT_WORKS)
        dialog.wait_says("^Replaced$")
        finish(window, dialog)
        expect_nowhere(stage, window, {stage.old, secret})


def expect_nowhere(stage, window, secrets, told=False):
    places = {"log": window.app.read_errors().encode(), "process": read_process(window.app)}
    if not told:
        places["what assistive technology is told"] = read_accessible(window.app)
    for place, said in places.items():
        for secret in secrets:
            expect(secret.encode() not in said, f"a secret is in: {place}")
    expect(not stage.screen.is_owned("PRIMARY"), "PRIMARY has something")


def accessible_tree(build_dir):
    with replacing(build_dir) as (_stage, window, dialog):
        yield "replace-choice", compare("replace-choice", dialog.outline())
        choose(dialog, AT_ONCE)
        yield "replace-at-once", compare("replace-at-once", dialog.outline())
        make(dialog)
        question = wait_question(window, f"^Replace “{NAME}” Now", dialog)
        wait_focus(question, "Go Back")
        yield "replace-question", compare("replace-question", question.outline())
        question.point_at_nothing()
        x_input("sleep", READING_SECONDS, "key", "Escape")
        wait_closed(question)
        press_button(dialog, "Back")
        choose(dialog, FIRST)
        yield "replace-beside", compare("replace-beside", dialog.outline())
        make(dialog)
        secret = wait_secret(dialog)
        wait_focus(dialog, "^Copy")
        yield "replace-secret", compare("replace-secret", dialog.outline([secret]))
        press_button(dialog, "Next")
        wait_focus(dialog, "^Later")
        yield "replace-check", compare("replace-check", dialog.outline([secret]))
        press_button(dialog, IT_WORKS)
        dialog.wait_says("^Replaced$")
        yield "replace-done", compare("replace-done", dialog.outline([secret]))
        finish(window, dialog)


def main():
    cases = Cases(size="1280x1000", at_once=6)
    cases.add("the new one first, and then the old one goes", beside)
    cases.add("both are kept", later)
    cases.add("under the same name, by one request", at_once)
    cases.add("the copy of a secret is replaced, too", kept_copy)
    for way, words in ((FIRST, "beside the old one"), (AT_ONCE, "under the same name")):
        cases.add(f"the answer is lost, {words}", lose_answer, way)
        cases.add(f"the request is lost, {words}", cut_off, way)
    cases.add("the answer to the deletion is lost", lose_deletion, True)
    cases.add("the deletion is lost", lose_deletion, False)
    cases.add("a hasty hand replaces it once", in_haste)
    cases.add("Return held opens a dialog and no more", hold_return)
    cases.add("closed on every page", close_everything)
    cases.add("secrets are nowhere but where they are shown", canary)
    cases.add("assistive technology is told of", accessible_tree)
    take_option(cases, accessible_tree)
    return cases.main()


if __name__ == "__main__":
    sys.exit(main())
