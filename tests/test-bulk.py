#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All third-party apps are revoked at once, and the report is true, whatever the service does.

Real clicks and keys, and a real service, which is killed in the middle and started again. What was
done is in the log that it writes, and what is left is asked of it over another connection.
"""

import collections
import json
import os
import re
import sys
import tempfile

import stage
from accessible import BUTTON, ENTRY, LIST, MENU_ITEM, TAB
from driver import (
    PATIENCE, READING_SECONDS, App, Cases, Demo, XServer, wait_for, x_input)
from hands import APPS, expect, press, wait_closed, wait_dialog
from owner import APP_ID
from peer import Client, Tap

OFFICIAL = "Web Terminal"
REVOKE = "revoke_oauth_app"
# Of the sample, without the official one.
N_SAMPLE = 11
N_CROWD = 300
# The service lets in so many calls in so many seconds; the program waits as long when it is told to.
N_CALLS, SECONDS = 100, 10
# Time for 300 apps and two starts of the service where the processors are busy.
LONG = 90
IN_CHOOSER = 640, 470
ITEM = re.compile(r"^- .* \(app id (\d+)\)(?:: .*)?$")
GROUP = re.compile(r"^(Access Revoked|Not Revoked|Not Tried|Couldn’t Confirm) \((\d+)\)$")


def read_log(path):
    """The calls that a service has written down."""
    with open(path, encoding="utf-8") as file:
        # What is being written just now has no end yet.
        return [json.loads(line) for line in file if line.endswith("\n")]


class Service:
    """A service that dies and comes back; what was done stays done."""

    def __init__(self, build_dir, *options):
        self.folder = tempfile.TemporaryDirectory()
        self.log = os.path.join(self.folder.name, "log")
        self.start = lambda *more: Demo(
            build_dir, f"--state={os.path.join(self.folder.name, 'state')}", f"--log={self.log}",
            *options, *more)
        self.demo = self.start()

    def kill(self):
        self.demo.kill()
        self.demo.process.stdout.close()

    def restart(self):
        self.demo = self.start(f"--port={self.demo.port}")

    def close(self):
        self.demo.__exit__()
        self.folder.cleanup()

    def revoked(self):
        """How often it has revoked each app."""
        return collections.Counter(call["app_id"] for call in read_log(self.log)
                                   if call["call"] == REVOKE and call["outcome"] == "done")

    def wait_revoked(self, n_apps, seconds=LONG):
        wait_for(f"{n_apps} apps to be revoked", lambda: len(self.revoked()) >= n_apps, seconds)

    def list_apps(self):
        """The apps that it has, as another program hears of them."""
        witness = Client(self.demo.url, self.demo.token)
        try:
            return {int(app["app_id"]): app["name"] for app in witness.call(oauth_apps=1)}
        finally:
            witness.close()


class Crowd:
    """The program, signed in and turned to its apps, of which hardly one is shown."""

    def __init__(self, build_dir, n_apps, *options, tap=False):
        self.service = Service(build_dir, f"--apps={n_apps - N_SAMPLE}", *options)
        self.apps = {app_id for app_id, name in self.service.list_apps().items()
                     if name != OFFICIAL}
        expect(len(self.apps) == n_apps, f"there are {len(self.apps)} apps")
        self.tap = Tap(self.service.demo.url) if tap else None
        self.app = App(build_dir, f"--service={(self.tap or self.service.demo).url}")
        self.window = self.app.window
        self.app.sign_in(self.service.demo.token)
        self.window.wait_find("API Tokens", TAB)
        self.app.key("ctrl+2")
        self.app.wait_for("the list of apps", lambda: self.window.list_rows(APPS))
        self.search("chart")
        self.screen = XServer()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            self.app.__exit__(kind)
        finally:
            if self.tap is not None:
                self.tap.close()
            self.service.close()

    def search(self, text):
        self.app.key("ctrl+f")
        self.window.wait_find("Search", ENTRY)
        self.app.type(text)
        self.app.wait_for("the list that was searched", lambda: len(
            self.window.list_rows(APPS)) == 1)

    def begin(self):
        dialog = ask(self.window)
        dialog.wait_says(f"^Revoke Access of {len(self.apps)} Apps.$")
        press(dialog, "Revoke Access")
        dialog.wait_says("^Revoking Access$")
        return dialog

    def read_report(self, dialog):
        """The report as it is copied, which tells the same as the log of the service; returns how
        many are in each group."""
        press(dialog, "Copy Report")
        dialog.wait_find("Copied", BUTTON)
        report = self.screen.read_selection("CLIPBOARD")
        groups = read_groups(report)
        listed = [app_id for group in groups.values() for app_id in group]
        expect(len(listed) == len(set(listed)) and set(listed) == self.apps,
               f"the report is about {sorted(listed)}")
        done = self.service.revoked()
        gone = set(groups.get("Access Revoked", ()))
        expect(gone == set(done), f"gone are {sorted(done)}, but the report says {report}")
        left = self.service.list_apps()
        expect(set(left) - self.apps and set(left) & self.apps == self.apps - gone,
               f"the service still has {left}, but the report says {report}")
        return report, {name: len(group) for name, group in groups.items()}

    def expect_rows(self, n_rows):
        """What the program itself lists in the end."""
        self.app.key("ctrl+f", "Escape")
        self.app.wait_for(f"{n_rows} rows", lambda: len(self.window.list_rows(APPS)) == n_rows)


def ask(window):
    """The question whether all are to go."""
    window.click(window.wait_find("Main Menu", BUTTON), READING_SECONDS)
    window.wait_menu().click("Revoke All Third-Party Apps…", MENU_ITEM)
    dialog = wait_dialog(window)
    dialog.point_at_nothing()
    dialog.wait_says("^These are all third-party apps, also those that a search or a filter hides. "
                     "Official apps keep their access.$")
    return dialog


def read_groups(report):
    """Which apps a report lists below which heading."""
    head, *sections = report.rstrip("\n").split("\n\n")
    title, account, result = head.split("\n")
    expect(re.search(r"^Revoke Access – \d+ \w+ \d{4}, \d\d:\d\d:\d\d UTC$", title), title)
    expect(account == "Account: SAMPLE1", account)
    expect(result.endswith("access."), result)
    groups = {}
    for section in sections:
        heading, *lines = section.split("\n")
        found = GROUP.search(heading)
        expect(found and int(found.group(2)) == len(lines), f"“{heading}” of {len(lines)}")
        expect(all(ITEM.search(line) for line in lines), section)
        groups[found.group(1)] = [int(ITEM.search(line).group(1)) for line in lines]
    return groups


def die(service, dialog, n_apps):
    """The service dies once it has revoked so many, and comes back when that was seen."""
    service.wait_revoked(n_apps)
    service.kill()
    dialog.wait_says("^The connection was lost. Waiting for it to come back…$")
    service.restart()


def save(crowd, dialog):
    """Saves the report where the question proposes; returns what is in the file."""
    home = os.environ["HOME"]
    press(dialog, "Save Report…")
    chooser = crowd.app.wait_for("the question where to", lambda: next(
        (node for node in crowd.app.program.look() if node.name == "Save Report"), None))
    # It has read the folder when it shows which one that is.
    crowd.app.wait_for("the folder", lambda: any(
        node.name == os.path.basename(home) and node.has_size for node in chooser.walk()))
    # Without a window manager the keys go where the pointer is.
    x_input("mousemove", *IN_CHOOSER, "key", "Return")
    dialog.wait_says(r"^Saved as “Revoked Apps \d{4}-\d\d-\d\d.txt” in ")
    name, = os.listdir(home)
    with open(os.path.join(home, name), encoding="utf-8") as file:
        return file.read()


def close(app, dialog):
    """Closes the report."""
    dialog.point_at_nothing()
    x_input("sleep", READING_SECONDS)
    app.key("Escape")
    wait_closed(dialog)


def many(build_dir):
    """Through a limit, and two deaths of the service."""
    with Crowd(build_dir, N_CROWD, f"--limit={N_CALLS}/{SECONDS}", "--latency=5") as crowd:
        dialog = crowd.begin()
        die(crowd.service, dialog, N_CALLS // 2)
        dialog.wait_says("^The service asks to wait. Trying again in ", LONG)
        die(crowd.service, dialog, N_CROWD - N_CALLS * 2 // 3)
        dialog.wait_says(f"^All {N_CROWD} have lost their access.$", LONG)
        report, counts = crowd.read_report(dialog)
        expect(counts == {"Access Revoked": N_CROWD}, f"the report counts {counts}")
        # What was on its way when the service died was sent again, and nothing else.
        expect(sum(crowd.service.revoked().values()) <= N_CROWD + 2, "apps were revoked twice")
        expect(save(crowd, dialog) == report, "the file holds something else")
        close(crowd.app, dialog)
        crowd.expect_rows(1)


def stop(build_dir):
    """Stop in the middle."""
    with Crowd(build_dir, 20, "--no-limits", "--latency=200") as crowd:
        dialog = crowd.begin()
        crowd.service.wait_revoked(3)
        press(dialog, "Stop")
        dialog.wait_says("^[0-9]+ of 20 have lost their access.$")
        _report, counts = crowd.read_report(dialog)
        expect(3 <= counts["Access Revoked"] < 20 and set(counts) == {
            "Access Revoked", "Not Tried"}, f"the report counts {counts}")
        close(crowd.app, dialog)
        crowd.expect_rows(1 + counts["Not Tried"])


def leave(build_dir):
    """Who quits in the middle finds what was done until then, and quits by asking again."""
    with Crowd(build_dir, 20, "--no-limits", "--latency=200") as crowd:
        dialog = crowd.begin()
        crowd.service.wait_revoked(2)
        x_input("sleep", READING_SECONDS)
        crowd.app.key("ctrl+q")
        dialog.wait_says("^[0-9]+ of 20 have lost their access.$")
        _report, counts = crowd.read_report(dialog)
        expect(2 <= counts["Access Revoked"] < 20, f"the report counts {counts}")
        x_input("sleep", READING_SECONDS)
        crowd.app.quit()


def failures(build_dir):
    """What is refused stays, and is no reason to stop."""
    with Crowd(build_dir, 40, "--no-limits", "--latency=50", tap=True) as crowd:
        dialog = crowd.begin()
        crowd.service.wait_revoked(5)
        before = crowd.tap.count(REVOKE)
        crowd.tap.refuse(REVOKE, "PermissionDenied", "No.")
        wait_for("apps to be refused", lambda: crowd.tap.count(REVOKE) > before + 5)
        crowd.tap.refusals.clear()
        dialog.wait_says("^[0-9]+ of 40 have lost their access.$", PATIENCE)
        _report, counts = crowd.read_report(dialog)
        expect(set(counts) == {"Access Revoked", "Not Revoked"} and counts["Not Revoked"] >= 5,
               f"the report counts {counts}")
        expect(crowd.tap.count(REVOKE) == 40, "something was asked twice")
        close(crowd.app, dialog)
        crowd.expect_rows(1 + counts["Not Revoked"])


def own(build_dir):
    """The program that is being used is seen first and goes last, and who uses it is told before."""
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log")
        with stage.Stage(build_dir, f"--log={log}", browser=True) as where, where.start() as app:
            where.sign_in_by_browser(app)
            app.key("ctrl+2")
            app.wait_for("the list of apps", lambda: app.window.list_rows(APPS))
            dialog = ask(app.window)
            dialog.wait_says("^One of them is this program, which goes last: you will be signed "
                             "out.$")
            rows = next(node for node in dialog.frame.walk() if node.role in LIST).children
            expect("This is the program that you are using. It goes last." in rows[0].name,
                   f"the first row says {rows[0].name}")
            press(dialog, "Revoke Access")
            dialog.wait_says(f"^All {len(rows)} have lost their access.$")
            revoked = [call["app_id"] for call in read_log(log) if call["call"] == REVOKE]
            expect(len(revoked) == len(rows) and str(revoked[-1]) == APP_ID,
                   f"revoked were {revoked}")
            witness = Client(where.demo.url, where.demo.token)
            expect(witness.list_apps() == {OFFICIAL}, f"there are {witness.list_apps()}")
            witness.close()
            close(app, dialog)


def main():
    cases = Cases()
    cases.add("300 apps go through a limit and two deaths of the service", many)
    cases.add("who stops in the middle finds what was done", stop)
    cases.add("who quits in the middle finds what was done", leave)
    cases.add("a refusal is no reason to stop", failures)
    cases.add("the program that is being used goes last", own)
    return cases.main()


if __name__ == "__main__":
    sys.exit(main())
