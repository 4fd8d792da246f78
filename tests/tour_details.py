# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scene of tests/tour.py about what else is done with tokens: searched, shown again, tested,
replaced, and those that somebody has found."""

import re

from accessible import BUTTON, ENTRY, RADIO, ROW
from driver import READING_SECONDS, Failed, x_input
from hands import (
    TOKENS, answer, find_node, open_details, press, scroll_down, wait_closed, wait_dialog, wait_list)
from token_hands import (
    SECRET, create_token, open_check, paste, press_button, take_copy, wait_names, wait_question)
from tour_tokens import open_new_token

MOST_TURNS = 30
MOST_LEVELS = 7
EDGE = 40
NAME = "Night reader"
NEXT = "Night reader 2"


def bring(window, name, roles=BUTTON | ROW):
    """Turns the wheel until what has that name is in sight."""
    node = find_node(window, name, roles)
    for _ in range(MOST_TURNS):
        width, height = window.size
        if EDGE < node.center[1] < height - EDGE:
            return window.wait_find(name, roles)
        button = "5" if node.center[1] >= height - EDGE else "4"
        x_input("mousemove", *window.to_screen(width // 2, height // 2), "click", button)
        node = find_node(window, name, roles)
    raise Failed(f"the wheel doesn’t lead to “{name}”")


def press_in(window, name):
    """Brings it into sight, and clicks on it."""
    window.click(bring(window, name), READING_SECONDS)


def open_dialog(tour, window, name):
    """Opens the dialog of a row of the details."""
    press_in(window, name)
    dialog = wait_dialog(window, tour.look.dialog_width)
    dialog.point_at_nothing()
    return dialog


def find_menu(window):
    """The button of the menu of levels, where there is too little room to show them all."""
    return window.find(re.compile("^Access level: "), BUTTON)


def open_menu(window):
    """Opens the menu of levels."""
    window.click(find_menu(window), READING_SECONDS)
    window.app.wait_for("the levels", lambda: any(
        node.role in RADIO and node.is_focused for node in window.frame.walk()))


def choose_level(window, words):
    """Shows one access level, or all."""
    wanted = re.compile(f"^{words}, ")
    if find_menu(window) is None:
        window.click(window.wait_find(wanted, RADIO), READING_SECONDS)
        return
    open_menu(window)
    for _ in range(MOST_LEVELS):
        if any(node.is_focused and wanted.search(node.name) for node in window.frame.walk()):
            window.app.key("space")
            return
        window.app.key("Up" if words == "All" else "Down")
    raise Failed(f"no key leads to “{words}”")


def close(dialog):
    dialog.point_at_nothing()
    dialog.app.key("Escape")
    wait_closed(dialog)


def look_for_tokens(tour, window):
    app = window.app
    window.point_at_nothing()
    with tour.step("Typing searches the list", "search", window):
        app.type("bot")
        wait_names(window, "Grid bot", "Spare bot")
    with tour.step("Nothing matches, and one button shows all again", "no-match", window):
        app.type(" of somebody else")
        window.wait_says("^Nothing here matches")
        press(window, "Clear Search and Filter")
        app.wait_for("all rows", lambda: len(window.list_rows(TOKENS)) == 6)
        app.type("of somebody else")
        window.wait_says("^Nothing here matches")
    window.point_at_nothing()
    app.key("Escape")
    app.wait_for("all rows", lambda: len(window.list_rows(TOKENS)) == 6)
    with tour.step("The counts are buttons that show one access level", "filter", window):
        choose_level(window, "Can trade")
        wait_names(window, "Grid bot", "Spare bot")
    choose_level(window, "All")
    app.wait_for("all rows", lambda: len(window.list_rows(TOKENS)) == 6)


def keep_a_token(tour, window):
    dialog, secret = create_token(window, NAME, "Read")
    dialog.resize(tour.look.dialog_width, dialog.size[1])
    with tour.step("A QR code for the phone", "qr-code", dialog, with_popups=True):
        press_in(dialog, "Show QR Code")
        dialog.app.wait_for("the code", lambda: any(
            node.name.startswith("Scan it") and node.has_size for node in dialog.frame.walk()))
        # It slides out.
        x_input("sleep", READING_SECONDS)
    dialog.app.key("Escape")
    with tour.step("A copy of the secret is kept", "kept", dialog):
        dialog.point_at_nothing()
        bring(dialog, re.compile("^Keep a Copy"), ROW)
        dialog.wait_says("^The token’s details show it again until you quit.$")
    take_copy(dialog)
    close(dialog)
    return secret


def look_at_details(tour, window):
    with tour.step("The details hide the secret that is kept", "kept-secret", window):
        open_details(window, NAME, NAME)
        bring(window, "Show the secret")
    with tour.step("And show it to whoever wants to see it", "revealed", window):
        press_in(window, "Show the secret")
        window.wait_says(SECRET)
    press_in(window, "Hide the secret")
    window.point_at_nothing()
    with tour.step("Testing says what the service says about it", "tested", window):
        dialog = open_dialog(tour, window, "Test…")
        dialog.wait_says(f"^“{NAME}” Works$")
    close(dialog)


def replace(tour, window):
    dialog = open_dialog(tour, window, "Replace…")
    with tour.step("Replacing: there are two ways", "replace", dialog):
        dialog.wait_says(f"^“{NAME}” works. There is no new token yet.$")
    press_button(dialog, "Delete First, Keep the Name")
    dialog.point_at_nothing()
    with tour.step("Under the same name, with its price", "replace-at-once", dialog):
        dialog.wait_says("^The old secret stops working")
    press_button(dialog, "Replace")
    question = wait_question(window, "^Replace “.*” Now", dialog)
    with tour.step("Which is asked about once more", "replace-question", question):
        question.wait_says("Its old secret stops working at once")
    answer(question, "Go Back")
    press_button(dialog, "Back")
    press_button(dialog, re.compile("^Create First, Delete Later"))
    dialog.wait_find("Create", BUTTON)
    press_button(dialog, "Create")
    dialog.point_at_nothing()
    with tour.step("The new one is there, and the old one still works", "replace-secret", dialog):
        dialog.wait_says(SECRET)
        dialog.wait_says(f"^Both “{NAME}” and “{NEXT}” work.$")
    take_copy(dialog)
    press_button(dialog, "Next")
    dialog.point_at_nothing()
    with tour.step("Does the new token work?", "replace-check", dialog):
        dialog.wait_says("^Does the New Token Work")
    scroll_down(dialog)
    press_button(dialog, re.compile("^It Works"))
    with tour.step("Replaced", "replaced", dialog):
        dialog.wait_says("^Replaced$")
    close(dialog)
    wait_list(window)


def check_tokens(tour, window, secret):
    dialog = open_check(window)
    dialog.resize(tour.look.dialog_width, dialog.size[1])
    with tour.step("Have you found a token somewhere?", "check-token", dialog):
        dialog.wait_find("API Token", ENTRY | ROW)
    with tour.step("It may be dead", "check-token-refused", dialog):
        paste(dialog, secret)
        dialog.wait_says("doesn’t accept this token")
    close(dialog)
    form = open_new_token(window, tour.look.dialog_width)
    form.app.type("Found one")
    form.app.key("Tab", "Tab", "space", "ctrl+Return")
    found = form.wait_says(SECRET)
    take_copy(form)
    close(form)
    dialog = open_check(window)
    dialog.resize(tour.look.dialog_width, dialog.size[1])
    paste(dialog, found)
    with tour.step("Or it works: whose it is, what it can do, and a way to delete it",
                   "check-token-result", dialog):
        dialog.wait_says("^This Token Works$")
        dialog.wait_says("^This is “Found one” in your list.$")
    close(dialog)


def show_tokens(tour, build_dir):
    """What is done with tokens that are there, on sample data."""
    with tour.program(build_dir, "--demo") as app:
        window = app.window
        app.wait_for("the tokens", lambda: len(window.list_rows(TOKENS)) == 6)
        look_for_tokens(tour, window)
        secret = keep_a_token(tour, window)
        look_at_details(tour, window)
        replace(tour, window)
        check_tokens(tour, window, secret)
        window.point_at_nothing()
