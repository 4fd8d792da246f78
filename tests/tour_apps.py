# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scenes of tests/tour.py about connected apps: what they are and did, whatever the service says
of it, and how access is taken away from one of them, from some, and from all."""

import contextlib
import json
import os
import re
import threading

from accessible import BUTTON, LABEL, MENU_ITEM, ROW, TAB
from browser import let_in
from driver import PATIENCE, READING_SECONDS, Demo, x_input
from hands import (
    APPS, answer, find_node, press, submit, wait_closed, wait_dialog, wait_list, wait_rows)
from peer import TEXT, Client, Tap
from token_hands import wait_names
from tour_details import bring, choose_level, find_menu, open_menu, press_in

REVOKE = "revoke_oauth_app"
# An app of the sample, and what it calls itself here: the second letter is Cyrillic.
DISGUISED = "Tide Journal", "D\u0435riv Tide"
HOSTILE = "Win <b>Free</b>"
OFFICIAL = "Web Terminal"
# Those with the most power go first.
FIRST, SECOND, THIRD = "Old Copier", "Vantage Console", "Payday Relay"
MARGIN = 120
MOST_TURNS = 40
# To what is below a sentence.
TURNS_BELOW = 3
# A spinner only comes after a moment.
SLOW_SECONDS = 0.6
NOWHERE = "/proc/report.txt"


class Gate(Tap):
    """A tap that holds back some calls, and has some apps keep their access.

    What is held goes by the name of the call, or by the name of the app that is to be revoked. One
    of the apps calls itself something else than at the service.
    """

    def __init__(self, demo):
        super().__init__(demo.url)
        # The program says it by its address, the tap by that of the service.
        self.url = re.sub(r"app_id=\d+", re.search(r"app_id=\d+", demo.url)[0], self.url)
        witness = Client(demo.url, demo.token)
        self.names = {str(app_id): name for name, app_id in witness.list_app_ids().items()}
        witness.close()
        self.held = frozenset()
        self.kept = {}
        self.changed = threading.Condition()

    def hold(self, *names):
        """Holds these calls back from now on, and lets all others through."""
        with self.changed:
            self.held = frozenset(names)
            self.changed.notify_all()

    def keep(self, name, code, message):
        """Has that app keep its access."""
        self.kept[name] = {"code": code, "message": message}

    def hang_up(self):
        for stream in self.streams:
            stream.close()

    def names_of(self, call):
        return {*call, self.names.get(str(call.get(REVOKE)))}

    def _turn_away(self, opcode, payload, program):
        call = json.loads(payload) if opcode == TEXT else {}
        names = self.names_of(call)
        with self.changed:
            self.changed.wait_for(lambda: not names & self.held, PATIENCE)
        error = next((self.kept[name] for name in names if name in self.kept), None)
        if error is None:
            return super()._turn_away(opcode, payload, program)
        program.write_json({"echo_req": call, "msg_type": REVOKE, "error": error,
                            "req_id": call["req_id"]})
        return True

    def edit(self, payload):
        return payload.replace(*(name.encode() for name in DISGUISED))


class Scene(contextlib.ExitStack):
    """A service behind a gate, and the program, signed in there and turned to its apps."""

    def __init__(self, tour, build_dir, *options):
        super().__init__()
        self.tour = tour
        self.demo = self.enter_context(Demo(build_dir, "--no-limits", *options))
        self.witness = Client(self.demo.url, self.demo.token)
        self.callback(self.witness.close)
        self.gate = Gate(self.demo)
        self.callback(self.gate.close)
        self.app = self.enter_context(tour.program(build_dir, f"--service={self.gate.url}"))
        self.window = self.app.window

    def sign_in(self, token=None):
        self.app.sign_in(token or self.demo.token)
        self.window.wait_find(APPS, TAB)
        # What opens by a key would go where the pointer is.
        self.window.point_at_nothing()

    def open_apps(self):
        self.app.key("ctrl+2")
        rows = wait_rows(self.window, APPS)
        x_input("sleep", READING_SECONDS)
        return rows

    def step(self, title, picture, window=None, with_popups=False):
        return self.tour.step(title, picture, window or self.window, with_popups)

    def say_goodbye(self):
        """Nothing is left that could be asked about."""
        self.gate.hold()
        self.gate.kept.clear()
        self.gate.refusals.clear()
        self.window.point_at_nothing()


def row_of(name):
    return re.compile("^" + re.escape(name) + r"[ ,]")


def turn(window, button, n_turns=MOST_TURNS):
    """Turns the wheel; as far as it goes, if nobody says how far."""
    x, y = window.size[0] // 2, window.size[1] // 2
    x_input("mousemove", *window.to_screen(x, y), *["click", button] * n_turns)


def reveal(window, name):
    """Turns the wheel until that row is well in sight."""
    for _ in range(MOST_TURNS):
        _x, top, _width, height = find_node(window, row_of(name), ROW).extents
        if MARGIN < top and top + height < window.size[1] - MARGIN:
            return
        turn(window, "4" if top <= MARGIN else "5", 1)
    # At the end of the list it comes no nearer.


def open_app(window, name):
    """Opens the details of an app."""
    reveal(window, name)
    label = window.wait_find(re.compile("^" + re.escape(name)), LABEL,
                             find_node(window, row_of(name), ROW))
    window.click(label, READING_SECONDS)
    window.wait_find("Back", BUTTON)
    window.point_at_nothing()


def leave_app(window):
    window.point_at_nothing()
    window.app.key("Escape")
    wait_list(window)


def press_revoke(window, name, word="Revoke access"):
    """Clicks on the button of a row."""
    reveal(window, name)
    start = "Revoke access for" if word == "Revoke access" else f"{word}: revoke access for"
    window.click(window.wait_find(re.compile(f"^{start} {re.escape(name)}"), BUTTON),
                 READING_SECONDS)


def look_at_list(scene):
    window, app = scene.window, scene.app
    with scene.step("The apps, each with its level, permissions, use and markup", "list"):
        scene.open_apps()
        window.point_at_nothing()
    with scene.step("Names that look like another one are warned of", "list-warned"):
        reveal(window, DISGUISED[1])
        window.wait_says("looks like “Deriv”, but the operator didn’t make it")
        window.point_at_nothing()
    with scene.step("Below the list: trades by programs that are not in it", "list-end"):
        bring(window, re.compile("by programs that are not in this list"), ROW)
        turn(window, "5")
        window.wait_says("by programs that are not in this list$")
        window.wait_says("hides characters that can’t be seen")
        window.point_at_nothing()
    turn(window, "4")
    if find_menu(window) is not None:
        with scene.step("Where there is little room the levels are in a menu", "levels",
                        with_popups=True):
            open_menu(window)
        app.key("Escape")
        x_input("sleep", READING_SECONDS)


def look_for_apps(scene):
    window, app = scene.window, scene.app
    n_rows = len(window.list_rows(APPS))
    window.point_at_nothing()
    with scene.step("Searched", "search"):
        app.type("copy")
        wait_names(window, "Copy Harbour", title=APPS)
    with scene.step("Nothing matches", "no-match"):
        app.type(" of mine")
        window.wait_says("^Nothing here matches")
    app.key("Escape")
    app.wait_for("all rows", lambda: len(window.list_rows(APPS)) == n_rows)
    with scene.step("One access level alone", "filter"):
        choose_level(window, "Full control")
        app.wait_for("fewer rows", lambda: len(window.list_rows(APPS)) < n_rows)
        window.point_at_nothing()
    choose_level(window, "All")
    app.wait_for("all rows", lambda: len(window.list_rows(APPS)) == n_rows)


def look_at_details(scene):
    window = scene.window
    with scene.step("Details: what an app did, what that cost, what it can do", "details"):
        open_app(window, "Copy Harbour")
        window.wait_says(r"^\d+ contracts, bought for ")
        window.wait_says("^About .* of what was paid, at 2 % of the payouts$")
    with scene.step("What revoking its access doesn’t do, and who answers", "details-end"):
        turn(window, "5")
        window.point_at_nothing()
    leave_app(window)
    for title, picture, name, pattern in (
            ("An app that has not traded", "details-idle", "Old Copier", "^No trades in the last"),
            ("The operator’s own app", "details-official", OFFICIAL,
             "^Official app of the operator"),
            ("An app that looks like another one", "details-warned", DISGUISED[1],
             "looks like “Deriv”"),
            ("An app with hidden characters in its name", "details-hidden", HOSTILE,
             "hides characters")):
        with scene.step(title, picture):
            open_app(window, name)
            window.wait_says(pattern)
        leave_app(window)
    turn(window, "4")


def revoke_apps(scene):
    window, gate, name = scene.window, scene.gate, "Ledger Lines"
    gate.hold(REVOKE)
    with scene.step("The row says what is being done", "revoking"):
        press_revoke(window, name)
        window.wait_row(APPS, name, "Revoking…")
    gate.hold()
    with scene.step("Done: the row is dimmed, and a toast names the app", "revoked"):
        window.wait_row(APPS, name, "Access revoked")
        window.wait_says(f"^“{name}” can no longer use your accounts$")
    window.point_at_nothing()
    scene.app.wait_for("the row to leave", lambda: not window.find_row(APPS, name))
    name = "Chart Desk"
    gate.keep(name, "InternalServerError", "Sorry, an error occurred while processing your request.")
    with scene.step("It failed, and Retry is there", "revoke-failed"):
        press_revoke(window, name)
        window.wait_find(f"Retry: revoke access for {name}", BUTTON)
        window.point_at_nothing()
    with scene.step("So it is in the details", "revoke-failed-details"):
        open_app(window, name)
        window.wait_find(f"Retry: revoke access for {name}", BUTTON)
    leave_app(window)


def select_apps(scene):
    window, app = scene.window, scene.app
    with scene.step("Several are chosen", "selecting"):
        press(window, "Select Several")
        for name in ("Copy Harbour", "Grid Keeper", "Night Shift Bot"):
            reveal(window, name)
            window.click(window.wait_find(name, LABEL), READING_SECONDS)
        window.wait_says("^3 selected$")
        window.point_at_nothing()
    with scene.step("Which is asked about once", "selected-question"):
        press(window, "Revoke Access of 3 Apps…")
        dialog = wait_dialog(window, scene.tour.look.dialog_width)
        dialog.wait_says("^Revoke Access of 3 Apps.$")
        dialog.point_at_nothing()
    app.key("Escape")
    wait_closed(dialog)
    window.point_at_nothing()
    app.key("Escape")


def show_apps(tour, build_dir):
    """The list, the details, and one app after another."""
    with Scene(tour, build_dir) as scene:
        scene.sign_in()
        look_at_list(scene)
        look_for_apps(scene)
        look_at_details(scene)
        revoke_apps(scene)
        select_apps(scene)
        scene.say_goodbye()


def find_out(scene):
    """What an app did is asked for, which can take a while, fail, or not be permitted."""
    window, gate = scene.window, scene.gate
    gate.hold("statement", "profit_table", "portfolio")
    scene.open_apps()
    with scene.step("What it did is being asked for", "details-loading"):
        open_app(window, "Copy Harbour")
        x_input("sleep", SLOW_SECONDS)
    for name in ("statement", "profit_table", "portfolio"):
        gate.refuse(name, "InternalServerError", "Sorry, an error occurred.")
    gate.hold()
    with scene.step("That failed", "details-failed"):
        bring(window, re.compile("^Couldn’t find out what it did"), LABEL)
        turn(window, "5", TURNS_BELOW)
        window.point_at_nothing()
    gate.refusals.clear()
    window.click(window.wait_find("Retry", BUTTON), READING_SECONDS)
    find_node(window, re.compile(r"^\d+ contracts, bought for "), LABEL)
    for name in ("statement", "profit_table", "portfolio"):
        gate.refuse(name, "PermissionDenied", "Permission denied, requires read scope.")
    leave_app(window)


def show_troubles(tour, build_dir):
    """What can’t be done or known, and what is asked first."""
    with Scene(tour, build_dir) as scene:
        scene.sign_in()
        find_out(scene)
        scene.say_goodbye()
    with Scene(tour, build_dir) as scene:
        for name in ("statement", "profit_table", "portfolio"):
            scene.gate.refuse(name, "PermissionDenied", "Permission denied, requires read scope.")
        scene.sign_in()
        scene.open_apps()
        with scene.step("What it did is not for everybody to know", "details-no-permission"):
            open_app(scene.window, "Copy Harbour")
            scene.window.wait_says("^Not available with the permissions of the token")
        scene.say_goodbye()
    show_limited(tour, build_dir, "admin", "A token without Read", "no-read",
                 "^Connected Apps Need Read$")
    show_limited(tour, build_dir, "read", "A token without Admin", "no-admin",
                 "^Revoking is off: you are signed in with a token that lacks")
    show_empty(tour, build_dir)


def show_limited(tour, build_dir, scope, title, picture, pattern):
    """With a token that doesn’t permit everything."""
    with Scene(tour, build_dir) as scene:
        tokens = scene.witness.call(api_token=1, new_token="Limited", new_token_scopes=[scope])
        token = next(one["token"] for one in tokens["tokens"] if one["display_name"] == "Limited")
        submit(scene.window, token)
        scene.window.wait_says("^This Token Can’t Do Everything$")
        press(scene.window, "Continue with It")
        scene.window.wait_find(APPS, TAB)
        scene.window.point_at_nothing()
        scene.app.key("ctrl+2")
        with scene.step(title, picture):
            scene.window.wait_says(pattern)
        if scope == "read":
            with scene.step(title + ", and the details", picture + "-details"):
                open_app(scene.window, "Chart Desk")


def show_empty(tour, build_dir):
    with Scene(tour, build_dir) as scene:
        for app_id in scene.witness.list_app_ids().values():
            scene.witness.call(**{REVOKE: app_id})
        scene.sign_in()
        scene.app.key("ctrl+2")
        with scene.step("There are no apps", "no-apps"):
            scene.window.wait_says("No Connected Apps")


def ask_for_all(scene):
    """The question whether all are to go."""
    window = scene.window
    window.click(window.wait_find("Main Menu", BUTTON), READING_SECONDS)
    window.wait_menu().click("Revoke All Third-Party Apps…", MENU_ITEM)
    dialog = wait_dialog(window, scene.tour.look.dialog_width)
    dialog.point_at_nothing()
    dialog.wait_says("^These are all third-party apps")
    return dialog


def close(dialog):
    dialog.point_at_nothing()
    x_input("sleep", READING_SECONDS)
    dialog.app.key("Escape")
    wait_closed(dialog)


def save(dialog, path, pattern):
    """Saves the report there, and waits for what is said of it."""
    app = dialog.app
    press_in(dialog, "Save Report…")
    app.wait_for("the question where to", lambda: next(
        (node for node in app.program.look() if node.name == "Save Report"), None))
    # Without a window manager the keys go where the pointer is.
    x_input("mousemove", 640, 470, "sleep", READING_SECONDS, "key", "ctrl+a")
    app.type(path)
    app.key("Return")
    dialog.wait_says(pattern)
    dialog.point_at_nothing()


def revoke_until_stopped(scene):
    """Through a lost connection, until the service asks to wait."""
    window, gate = scene.window, scene.gate
    with scene.step("The menu has it", "all-menu", with_popups=True):
        window.click(window.wait_find("Main Menu", BUTTON), READING_SECONDS)
        window.wait_menu()
    scene.app.key("Escape")
    dialog = ask_for_all(scene)
    with scene.step("All at once: which, and how many of each level", "all-question", dialog):
        dialog.wait_says("^Revoke Access of 11 Apps.$")
    gate.hold(SECOND)
    press(dialog, "Revoke Access")
    with scene.step("A bar shows how far it is", "all-progress", dialog):
        dialog.wait_says(f"^{SECOND}$")
    gate.hold("authorize", SECOND)
    gate.hang_up()
    with scene.step("The connection is lost", "all-disconnected", dialog):
        dialog.wait_says("^The connection was lost. Waiting for it to come back…$")
    gate.refuse(REVOKE, "RateLimit", "You have reached the rate limit for this call.")
    gate.hold()
    with scene.step("The service asks to wait", "all-waiting", dialog):
        dialog.wait_says("^The service asks to wait. Trying again in ")
    press(dialog, "Stop")
    with scene.step("Stopped: what was not tried", "all-not-tried", dialog):
        dialog.wait_says("^1 of 11 has lost its access.$")
        dialog.wait_says("^Not Tried .9.$")
        dialog.point_at_nothing()
    with scene.step("The report can’t be saved there", "all-not-saved", dialog):
        save(dialog, NOWHERE, "^(?!Saved).*\\bsave")
    close(dialog)
    gate.refusals.clear()


def revoke_most(scene):
    """Two are refused, and somebody stops it."""
    window, gate = scene.window, scene.gate
    window.app.wait_for("the row to leave", lambda: not window.find_row(APPS, FIRST))
    gate.keep(SECOND, "InternalServerError", "Sorry, an error occurred.")
    gate.keep(THIRD, "PermissionDenied", "Permission denied, requires admin scope.")
    gate.hold("Night Shift Bot")
    dialog = ask_for_all(scene)
    press(dialog, "Revoke Access")
    dialog.wait_says("^Night Shift Bot$")
    with scene.step("Stop, and what is on its way is waited for", "all-stopping", dialog):
        press(dialog, "Stop")
        dialog.wait_says("^Stopping after this one…$")
        dialog.point_at_nothing()
    gate.hold("oauth_apps")
    with scene.step("The service’s list has the last word", "all-confirming", dialog):
        dialog.wait_says("^Looking at the service’s list")
    gate.hold()
    with scene.step("The report: what failed comes first", "all-report", dialog):
        dialog.wait_says("have lost their access.$")
        dialog.wait_says("^Not Revoked .2.$")
        dialog.point_at_nothing()
    with scene.step("Saved", "all-saved", dialog):
        save(dialog, os.path.join(os.environ["HOME"], "report.txt"), "^Saved as “report.txt” in ")
    close(dialog)


def revoke_own(tour, build_dir):
    """The program itself is one of the apps."""
    with Scene(tour, build_dir) as scene:
        window = scene.window
        app_id = re.search(r"app_id=(\d+)", scene.gate.url)[1]
        scene.sign_in(let_in(scene.demo.url, app_id)["SAMPLE1"])
        rows = scene.open_apps()
        own = next(row for row in rows if "This program" in row).split(",")[0]
        with scene.step("The app that this program is", "own"):
            reveal(window, own)
            window.point_at_nothing()
        press_revoke(window, own)
        question = wait_dialog(window)
        with scene.step("Which asks first", "own-question", question):
            question.wait_says("^This program is signed in by it")
        answer(question, "Go Back")
        dialog = ask_for_all(scene)
        with scene.step("All, and this program", "all-own-question", dialog):
            dialog.wait_says("^One of them is this program, which goes last")
        press(dialog, "Revoke Access")
        with scene.step("The report, and the way back in is below it", "all-own-report", dialog):
            dialog.wait_says("have lost their access.$")
            dialog.point_at_nothing()
        close(dialog)
        with scene.step("Signed out", "own-revoked"):
            x_input("sleep", SLOW_SECONDS)
        scene.say_goodbye()


def show_all(tour, build_dir):
    """All third-party apps at once, and what can happen meanwhile."""
    with Scene(tour, build_dir) as scene:
        scene.sign_in()
        scene.open_apps()
        revoke_until_stopped(scene)
        revoke_most(scene)
        scene.say_goodbye()
    revoke_own(tour, build_dir)
