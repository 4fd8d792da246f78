#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens that sign in, pasted or brought by a browser, are in the keyring and nowhere else.

The service lists whole tokens, as older ones do. What is looked through: what the program wrote,
every file below the home, the settings among them, the titles of its windows, its arguments and its
environment, the primary selection, and all that assistive technology is told.
"""

import contextlib
import os
import subprocess
import sys

from gi.repository import GLib

from browser import tokens_of
from driver import Cases
from hands import APPS, TOKENS, expect, open_view, submit
from stage import Stage, accounts_of, add_account, ask_to_remove, wait_account, wait_signed_in

PLACES = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
          "XDG_RUNTIME_DIR", "XDG_STATE_HOME")
# What isn't the program's: the test's browser keeps a diary.
FOREIGN = ("browser-log",)


def files():
    for place in PLACES:
        for folder, _, names in os.walk(os.environ[place]):
            for name in names:
                path = os.path.join(folder, name)
                if name not in FOREIGN and os.path.isfile(path):
                    yield path


def process_file(app, name):
    with open(f"/proc/{app.process.pid}/{name}", "rb") as file:
        return file.read()


def titles(app):
    for x_id in app.x_windows():
        done = subprocess.run(["xdotool", "getwindowname", x_id], check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        yield done.stdout


def told(app):
    """All that assistive technology can read, of every window."""
    for top in app.program.look():
        for node in top.walk():
            # It may be gone by now.
            with contextlib.suppress(GLib.Error):
                yield "\n".join((node.name, node.description, node.all_text)).encode()


def check(stage, app, secrets, when):
    """Looks everywhere for SECRETS."""
    found = []
    for secret in (secret.encode() for secret in secrets):
        for path in files():
            with open(path, "rb") as file:
                if secret in file.read():
                    found.append(path)
        found += [f"/proc/…/{name}" for name in ("cmdline", "environ")
                  if secret in process_file(app, name)]
        found += [f"the title {title}" for title in titles(app) if secret in title]
        found += ["what it wrote"] if secret.decode() in app.read_errors() else []
        found += [f"the tree: {text[:60]}" for text in told(app) if secret in text]
        found += (["PRIMARY"] if stage.screen.is_owned("PRIMARY")
                  and secret.decode() in (stage.screen.read_selection("PRIMARY") or "") else [])
    expect(not found, f"{when}: a secret is in {', '.join(found)}")


def look_around(stage, app, secrets, when):
    for view in (APPS, TOKENS):
        open_view(app.window, view)
        check(stage, app, secrets, f"{when}, {view}")


def pasted(build_dir):
    """A token is pasted, kept, used again by the next start, and removed."""
    with Stage(build_dir, "--full-tokens") as stage:
        with stage.start() as app:
            secrets = [stage.demo.token, stage.sign_in(app), stage.create("SAMPLE2", "Second")]
            submit(add_account(app.window), secrets[2])
            wait_account(app.window, "SAMPLE2")
            stage.wait_kept("SAMPLE1", "SAMPLE2")
            look_around(stage, app, secrets, "signed in")
            expect("Max core file size        0 " in process_file(app, "limits").decode(),
                   "the process may leave a core")
        with stage.start() as app:
            wait_signed_in(app.window, "SAMPLE2")
            look_around(stage, app, secrets, "the next start")
            question = ask_to_remove(app.window, "SAMPLE2")
            check(stage, app, secrets, "the question")
            app.key("Escape")
            app.wait_for("the question to go", lambda: not question.is_open)


def browser(build_dir):
    """A browser brings three; each account is looked at."""
    with Stage(build_dir, "--full-tokens", browser=True) as stage, stage.start() as app:
        secrets = list(tokens_of(stage.sign_in_by_browser(app)).values())
        expect(len(secrets) == 3, f"there are {len(secrets)} tokens")
        stage.wait_kept("SAMPLE1", "SAMPLE2", "SAMPLE3")
        look_around(stage, app, secrets, "signed in")
        expect(len(accounts_of(app.window)[0]) == 3, "there aren't three accounts")
        check(stage, app, secrets, "the switcher")


def main():
    cases = Cases("1280x1000")
    cases.add("a pasted token", pasted)
    cases.add("a browser's tokens", browser)
    return cases.main()


if __name__ == "__main__":
    sys.exit(main())
