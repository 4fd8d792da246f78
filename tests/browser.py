# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A browser that is made of the test: it sees which page the program opens, gives the owner's answer
there, and hands over where that leads, as the desktop does."""

import os
import re
import stat
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from driver import wait_for

APPLICATION = "org.example.TokenManager"
SCHEME = "org.example.tokenmanager"
PATIENCE = 20
SOURCE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

SCRIPT = """#!/bin/sh
printf '%s\\n' "$1" >>"{log}"
"""
DESKTOP_FILE = """[Desktop Entry]
Type=Application
Name=Browser
Exec="{script}" %u
MimeType=x-scheme-handler/http;
"""
DEFAULTS = """[Default Applications]
x-scheme-handler/http=browser.desktop
x-scheme-handler/{scheme}={application}.desktop
"""
# What it writes would otherwise be lost.
SERVICE_FILE = """[D-BUS Service]
Name={application}
Exec=/bin/sh -c 'exec "{program}" --gapplication-service 2>>"{errors}"'
"""


class StayHere(urllib.request.HTTPRedirectHandler):
    """A redirect leads to another program, so that it is not followed here."""

    def redirect_request(self, *_):
        return None


class Page:
    """A page that asks the owner whether to let a program in."""

    def __init__(self, url):
        self.url = url
        self.state = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query).get("state", [""])[0]
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            self.request = re.search(r'name="request" value="(\w+)"', answer.read().decode())[1]

    def answer(self, word):
        """Gives that answer; returns where it leads."""
        base = self.url.partition("/oauth2/")[0]
        url = f"{base}/oauth2/authorize/answer?request={self.request}&answer={word}"
        try:
            urllib.request.build_opener(StayHere).open(url, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            return error.headers["Location"]
        raise AssertionError("the answer leads nowhere")


def let_in(url, app_id):
    """Lets an app in at the service of that WebSocket; returns the token for each account."""
    host = urllib.parse.urlsplit(url).netloc
    back = Page(f"http://{host}/oauth2/authorize?app_id={app_id}&state=x").answer("allow")
    return tokens_of(back)


def tokens_of(redirect):
    """The token for each account that a redirect brings."""
    values = urllib.parse.parse_qs(urllib.parse.urlsplit(redirect).query)
    return {values[f"acct{n}"][0]: values[f"token{n}"][0]
            for n in range(1, 100) if f"acct{n}" in values}


class Browser:
    """The browser of this desktop, and what knows which program opens which address."""

    def __init__(self, build_dir):
        self.log = os.path.join(os.environ["XDG_RUNTIME_DIR"], "browser-log")
        self.errors = os.path.join(os.environ["XDG_RUNTIME_DIR"], "started-errors")
        self.n_seen = 0
        self._register(build_dir)

    def _register(self, build_dir):
        program = os.path.join(build_dir, "src", "token-manager")
        # The desktop file says its name, and no more.
        os.environ["PATH"] = os.path.dirname(program) + ":" + os.environ["PATH"]
        folder = os.path.join(os.environ["XDG_DATA_HOME"], "applications")
        os.makedirs(folder)
        script = os.path.join(os.environ["XDG_RUNTIME_DIR"], "browser")
        write(script, SCRIPT.format(log=self.log))
        os.chmod(script, stat.S_IRWXU)
        write(os.path.join(folder, "browser.desktop"), DESKTOP_FILE.format(script=script))
        # As it is before it is translated.
        with open(os.path.join(SOURCE, f"{APPLICATION}.desktop"), encoding="utf-8") as file:
            write(os.path.join(folder, f"{APPLICATION}.desktop"), file.read())
        write(os.path.join(folder, "mimeapps.list"),
              DEFAULTS.format(scheme=SCHEME, application=APPLICATION))
        write(os.path.join(os.environ["TOK_SERVICES"], f"{APPLICATION}.service"),
              SERVICE_FILE.format(application=APPLICATION, program=program, errors=self.errors))
        call_bus("ReloadConfig")

    def offer(self, environment):
        """Starts programs with these variables from now on."""
        names = [name for name in environment if name not in ("DBUS_SESSION_BUS_ADDRESS", "_")]
        values = ",".join(f"{quote(name)}: {quote(environment[name])}" for name in names)
        call_bus("UpdateActivationEnvironment", "{" + values + "}")

    def pages(self):
        """The addresses of all pages that were opened here."""
        if not os.path.exists(self.log):
            return []
        with open(self.log, encoding="utf-8") as file:
            return file.read().splitlines()

    def wait_page(self):
        """The next page that the program opens here."""
        wait_for("a page in the browser", lambda: len(self.pages()) > self.n_seen)
        self.n_seen += 1
        return Page(self.pages()[self.n_seen - 1])

    @staticmethod
    def follow(redirect):
        """Hands a redirect to whoever is registered for it."""
        subprocess.run(["gio", "open", redirect], check=True, stdin=subprocess.DEVNULL,
                       timeout=PATIENCE)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def quote(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def call_bus(member, *arguments):
    subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus",
                    "--object-path", "/org/freedesktop/DBus", "--method",
                    f"org.freedesktop.DBus.{member}", *arguments], check=True,
                   stdout=subprocess.DEVNULL, timeout=PATIENCE)
