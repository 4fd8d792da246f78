#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the two programs make of their command lines, with a display and without one."""

import os
import re
import subprocess
import sys

HEADLESS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "headless")
PATIENCE = 20
USAGE = 2

BAD = {
    "an unknown option": ["--nonsense"],
    "an unknown short option": ["-x"],
    "an argument": ["nonsense"],
    "an argument after an option": ["--demo", "nonsense"],
    "an argument after --": ["--", "nonsense"],
    "--service without an address": ["--service"],
    "--demo with --service": ["--demo", "--service=wss://example.com"],
    "--service with --demo": ["--service=wss://example.com", "--demo"],
    "an empty address": ["--service="],
    "a blank address": ["--service= "],
    "an address without a scheme": ["--service=example.com"],
    "garbage for an address": ["--service=%%%"],
    "an address with quotes": ["--service=wss://exa\"mple.com"],
    "an address with a line break": ["--service=wss://example.com\nwss://example.org"],
    "an address that is a file": ["--service=file:///etc/passwd"],
    "an address of the web": ["--service=https://example.com"],
    "an address without a host": ["--service=wss:///websockets/v3"],
    "an address with a password": ["--service=wss://me:secret@example.com"],
    "an address with a port that is none": ["--service=wss://example.com:99999"],
    "an app id that is no number": ["--service=wss://example.com/?app_id=abc"],
    "plain ws to another computer": ["--service=ws://example.com"],
    "plain ws to an address outside": ["--service=ws://192.0.2.1/"],
    "plain ws to a name like this computer's": ["--service=ws://localhost.example.com"],
    "plain ws to a host like this computer's": ["--service=ws://127.0.0.1.example.com"],
    "an address of 10,000 characters": ["--service=wss://" + "a" * 10000],
    "an address that is no UTF-8": [b"--service=wss://ex\xffmple.com"],
}

BAD_DEMO = {
    "an unknown option": ["--nonsense"],
    "an argument": ["nonsense"],
    "a port that is no number": ["--port=abc"],
    "a port below 0": ["--port=-1"],
    "a port above 65535": ["--port=65536"],
    "a latency below 0": ["--latency=-1"],
    "a token with blanks": ["--token=two words"],
    "an empty token": ["--token="],
    "a token of 129 characters": ["--token=" + "a" * 129],
}


def run(program, arguments, display):
    env = dict(os.environ, G_DEBUG="fatal-warnings", LC_ALL="C.UTF-8")
    if not display:
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            env.pop(name, None)
    done = subprocess.run([program, *arguments], stdin=subprocess.DEVNULL, timeout=PATIENCE,
                          check=False, capture_output=True, env=env)
    return done.returncode, done.stdout.decode(), done.stderr.decode(errors="replace")


def is_refused(program, arguments, display):
    """Why it was not refused in one line; nothing where it was."""
    status, out, errors = run(program, arguments, display)
    name = os.path.basename(program)
    if status != USAGE:
        return f"exit status {status}, stderr: {errors.strip()[:300]}"
    if out:
        return f"it printed “{out.strip()[:300]}”"
    if errors.count("\n") != 1 or not errors.startswith(name + ": ") or len(errors) > 300:
        return f"not one short line: “{errors[:600]}”"
    if "secret" in errors:
        return f"it repeats a password: “{errors.strip()}”"
    return ""


def is_told(program, arguments, display, words):
    """Why the information that was asked for is not all there; nothing where it is."""
    status, out, errors = run(program, arguments, display)
    if status != 0 or errors:
        return f"exit status {status}, stderr: “{errors.strip()[:300]}”"
    lacking = [word for word in words if not re.search(word, out)]
    return f"“{out}” lacks {lacking}" if lacking else ""


def cases(build_dir):
    program = os.path.join(build_dir, "src", "token-manager")
    demo = os.path.join(build_dir, "src", "demo", "token-manager-demo")
    options = ["--demo", "--service=URL", "--version", "--help"]
    for display in (True, False):
        where = "" if display else ", without a display"
        for name, arguments in BAD.items():
            yield name + where, is_refused, program, arguments, display
        for arguments in (["--version"], ["--version", "--demo"]):
            yield " ".join(arguments) + where, is_told, program, arguments, display, [
                r"^token-manager \d+\.\d+\.\d+\n$"]
        for arguments in (["--help"], ["-h"], ["--demo", "--help"]):
            yield " ".join(arguments) + where, is_told, program, arguments, display, options
    for name, arguments in BAD_DEMO.items():
        yield f"the service: {name}", is_refused, demo, arguments, False
    yield "the service: --version", is_told, demo, ["--version"], False, [
        r"^token-manager-demo \d+\.\d+\.\d+\n$"]
    yield "the service: --help", is_told, demo, ["--help"], False, [
        "--port=N", "--token=VALUE", "--no-limits"]


def main():
    if "TOK_HEADLESS" not in os.environ:
        os.execv(HEADLESS, [HEADLESS, "/usr/bin/python3", *sys.argv])
    build_dir = os.path.abspath(sys.argv[sys.argv.index("--build-dir") + 1])
    n_failed = n_cases = 0
    for name, check, *arguments in cases(build_dir):
        n_cases += 1
        try:
            why = check(*arguments)
        except subprocess.TimeoutExpired:
            why = f"it still ran after {PATIENCE} s"
        n_failed += bool(why)
        print(f"{'not ok' if why else 'ok'} {n_cases} - {name}")
        for line in why.splitlines():
            print(f"# {line}")
    print(f"1..{n_cases}")
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
