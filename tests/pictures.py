#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures for README and the metainfo, light and dark, as Token Manager looks on GNOME.

It runs under weston on a screen that nobody looks at, on its sample data or for somebody who is
new. Every picture has a program of its own, which tests/picture-probe.c, loaded into it, drives and
photographs.

    ninja -C _build pictures
    tests/pictures.py --build-dir _build --output somewhere --only api-tokens --scale 2
"""

import argparse
import os
import re
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from pathlib import Path

# A picture's name, the size of its window, and what is done before it is taken; the commands are
# explained in tests/picture-probe.c. The last one gets the path of the picture.
PICTURES = (
    ("sign-in", (820, 860), (
        "wait Explore with sample data",
        "focus API Token",
        "shoot",
    )),
    ("api-tokens", (820, 664), (
        "shoot",
    )),
    ("connected-apps", (820, 775), (
        "activate win.view::apps",
        "wait Chart Desk",
        "shoot",
    )),
    ("app-details", (820, 970), (
        "activate win.view::apps",
        "open Copy Harbour",
        # It is there when the service has told what the app did.
        "wait Price Markup, Estimated",
        "shoot",
    )),
    ("revoke-all", (820, 775), (
        "activate win.view::apps",
        "wait Chart Desk",
        "activate account.revoke-all-apps",
        "wait Revoke Access of 11 Apps?",
        "shoot-all",
    )),
    ("new-token", (820, 720), (
        "activate win.new-token",
        "wait New Token",
        "type Name|Night bot",
        "toggle Read",
        "toggle Trade",
        "wait Can trade",
        "shoot-all",
    )),
    ("token-created", (820, 720), (
        "activate win.new-token",
        "wait New Token",
        "type Name|Night bot",
        "toggle Read",
        "toggle Trade",
        "click Create",
        "wait Not copied yet",
        "shoot-all",
    )),
    ("delete-token", (820, 664), (
        "click Delete token Grid bot",
        "wait Delete “Grid bot”?",
        "shoot-all",
    )),
)

# Those of somebody who is new. For the others there are sample data before all that.
WITHOUT_DATA = {"sign-in"}
START = "wait Grid bot"

LOOKS = {"": {}, "-dark": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}}

ROOT = Path(__file__).resolve().parents[1]
HEADLESS = ROOT / "tests/headless"
SCREEN = 2048
PATIENCE = 20

# What GNOME's settings say, for systems where they say something else. Where the system has no
# description of these settings, GTK reads its own file instead, which tests/headless writes.
SETTINGS = """[org/gnome/desktop/interface]
cursor-blink=false
enable-animations=false
font-antialiasing='grayscale'
font-hinting='slight'
font-name='Cantarell 11'
icon-theme='Adwaita'

[org/gnome/desktop/wm/preferences]
button-layout=':close'
"""


class Failed(Exception):
    """A picture could not be taken; the text says why."""


def read_text(file):
    file.seek(0)
    return file.read().strip()


class Weston:
    """A compositor without a screen."""

    def __init__(self, scale):
        self.name = "pictures"
        self.log = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        side = SCREEN * scale
        self.process = subprocess.Popen(
            ["weston", "--backend=headless-backend.so", "--use-pixman", "--no-config",
             "--idle-time=0", f"--socket={self.name}", f"--width={side}", f"--height={side}",
             f"--scale={scale}"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT)

    def __enter__(self):
        path = os.path.join(os.environ["XDG_RUNTIME_DIR"], self.name)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket(socket.AF_UNIX) as client:
                if client.connect_ex(path) == 0:
                    return self
            time.sleep(0.01)
        self.__exit__()
        raise Failed(f"weston did not start: {read_text(self.log)}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


class Program:
    """A running Token Manager that takes commands."""

    def __init__(self, build_dir, options, display, look):
        self.errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        commands, self.commands = os.pipe()
        self.answers, answers = os.pipe()
        env = dict(os.environ, GDK_BACKEND="wayland", WAYLAND_DISPLAY=display,
                   GSETTINGS_BACKEND="keyfile", GIO_USE_PROXY_RESOLVER="dummy",
                   GIO_USE_VFS="local", LC_ALL="C.UTF-8", TZ="UTC",
                   LD_PRELOAD=str(build_dir / "tests/picture-probe.so"),
                   PICTURE_COMMANDS=str(commands), PICTURE_ANSWERS=str(answers), **look)
        for name in ("DISPLAY", "GDK_DEBUG", "LANGUAGE"):
            env.pop(name, None)
        self.process = subprocess.Popen([build_dir / "src/token-manager", *options], env=env,
                                        pass_fds=[commands, answers], stdin=subprocess.DEVNULL,
                                        stderr=self.errors)
        os.close(commands)
        os.close(answers)

    def do(self, command):
        try:
            os.write(self.commands, f"{command}\n".encode())
        except BrokenPipeError:
            # What it said last is below.
            pass
        answer = b""
        while not answer.endswith(b"\n"):
            if not select.select([self.answers], [], [], PATIENCE)[0]:
                raise Failed(f"{command}: no answer within {PATIENCE} s")
            piece = os.read(self.answers, 4096)
            if not piece:
                raise Failed(f"{command}: the program ended; it said: {read_text(self.errors)}")
            answer += piece
        if answer != b"ok\n":
            raise Failed(f"{command}: {answer.decode().strip()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        os.close(self.commands)
        os.close(self.answers)


def write_settings():
    folder = Path(os.environ["XDG_CONFIG_HOME"], "glib-2.0/settings")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "keyfile").write_text(SETTINGS, encoding="utf-8")


def take_picture(build_dir, has_data, display, look, size, commands, path):
    """Takes one picture; what was there before stays if that fails."""
    new = path.with_suffix(".new")
    try:
        with Program(build_dir, ["--demo"] if has_data else [], display, look) as program:
            if has_data:
                program.do(START)
            program.do("size {} {}".format(*size))
            for command in commands[:-1]:
                program.do(command)
            program.do(f"{commands[-1]} {new}")
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def take_pictures(options):
    n_failed = 0
    with Weston(options.scale) as weston:
        for name, size, commands in PICTURES:
            if not re.search(options.only, name):
                continue
            for suffix, look in LOOKS.items():
                path = options.output / f"{name}{suffix}.png"
                try:
                    take_picture(options.build_dir, name not in WITHOUT_DATA, weston.name, look,
                                 size, commands, path)
                    print(f"{path}, {path.stat().st_size // 1000} kB", flush=True)
                except Failed as failed:
                    n_failed += 1
                    print(f"{path} FAILED: {failed}", flush=True)
    return 1 if n_failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build-dir", type=Path, default=ROOT / "_build",
                        help="where the program was built (_build)")
    parser.add_argument("--output", type=Path, default=ROOT / "data/pictures",
                        help="where the pictures go (data/pictures)")
    parser.add_argument("--only", default="", help="take the pictures that match this expression")
    parser.add_argument("--scale", type=int, choices=(1, 2), default=1,
                        help="pixels of the picture per pixel of the window (1)")
    options = parser.parse_args()
    options.build_dir = options.build_dir.resolve()
    options.output = options.output.resolve()

    if shutil.which("weston") is None:
        sys.exit("pictures: weston is missing: apt-get install --no-install-recommends weston")
    for needed in ("src/token-manager", "tests/picture-probe.so"):
        if not (options.build_dir / needed).exists():
            sys.exit(f"pictures: build it first: ninja -C {options.build_dir} {needed}")
    if "TOK_HEADLESS" not in os.environ:
        os.execv(HEADLESS, [HEADLESS, "--", "/usr/bin/python3", *sys.argv])

    options.output.mkdir(parents=True, exist_ok=True)
    write_settings()
    try:
        return take_pictures(options)
    except Failed as failed:
        sys.exit(f"pictures: {failed}")


if __name__ == "__main__":
    sys.exit(main())
