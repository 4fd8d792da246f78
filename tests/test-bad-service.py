#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a service or a person comes up with, it ends in a sentence that says what to do.

The service is a socket that answers garbage, nothing, half a frame, too much, or names that were
made to deceive. What is on the screen is read by AT-SPI; the program must neither crash nor
complain.
"""

import json
import sys
import threading

from accessible import BUTTON, ENTRY, LABEL, ROW, TAB
from driver import READING_SECONDS, App, Cases, Failed, x_input
from peer import BINARY, CLOSE, Server, accept_handshake, frame

TOKEN = "abcDEF123456789"
APPS = "Connected Apps"
TOKENS = "API Tokens"
# What the program gives a connection, and an answer, before it says that nobody is there.
PATIENT = 25

ADDRESS = "There is no such service at this address"
WEB_PAGE = "A web page answers in place of the service"
UNREACHABLE = "The service can’t be reached"
GARBLED = "The answer makes no sense"
TROUBLE = "The service failed at this itself"


def http(status, *fields, body=""):
    """Serves one HTTP answer."""
    def serve(stream):
        stream.read_head()
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body.encode())}", *fields, "", body]
        stream.write_raw("\r\n".join(lines).encode())
        wait_for_end(stream)

    return serve


def raw(data):
    """Serves these bytes in place of a HTTP answer, and hangs up."""
    def serve(stream):
        stream.read_head()
        stream.write_raw(data)

    return serve


def wait_for_end(stream):
    while stream.read_exactly(1):
        pass


def hang_up(stream):
    stream.close()


def say_nothing(stream):
    wait_for_end(stream)


def answer_first(data, then=wait_for_end):
    """Opens the WebSocket, and serves these bytes when the first call comes."""
    def serve(stream):
        accept_handshake(stream)
        stream.read_frame()
        stream.write_raw(data)
        then(stream)

    return serve


def accept_nobody(stream):
    stream.read_head()
    stream.write_raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                     b"Connection: Upgrade\r\nSec-WebSocket-Accept: bm9ib2R5\r\n\r\n")
    wait_for_end(stream)


def fail_call(code, message):
    """Opens the WebSocket, and answers the first call with an error."""
    def serve(stream):
        accept_handshake(stream)
        call = stream.read_json()
        stream.write_json({"echo_req": {}, "msg_type": "authorize", "req_id": call["req_id"],
                           "error": {"code": code, "message": message}})
        wait_for_end(stream)

    return serve


HTML = "<!DOCTYPE html><html><body><h1>It works!</h1></body></html>"
DEEP = "[" * 100000
HUGE = json.dumps({"msg_type": "authorize", "echo_req": {}, "x": "a" * (10 << 20)})
MARKUP = "<b>free</b> &amp; <a href='x'>click</a>\u202e\n" + "y" * 10000

# How the service behaves, and what is said then.
QUICK = {
    "it hangs up": (hang_up, f"{UNREACHABLE}|{ADDRESS}"),
    "it answers garbage": (raw(bytes(range(256)) * 4), f"{ADDRESS}|{UNREACHABLE}"),
    "it answers half a head": (raw(b"HTTP/1.1 101 Switching Pro"), f"{ADDRESS}|{UNREACHABLE}"),
    "it answers with a page": (http("200 OK", "Content-Type: text/html", body=HTML), WEB_PAGE),
    "it wants a proxy’s password": (http("407 Proxy Authentication Required"), WEB_PAGE),
    "it knows no such page": (http("404 Not Found", body=HTML), ADDRESS),
    "it answers 401": (http("401 Unauthorized", body='{"error":"InvalidAppID"}'),
                       "doesn’t know this program’s app id"),
    "it answers 403": (http("403 Forbidden", body='{"error":"AccessRestricted"}'),
                       "turns this program away"),
    "it answers 429": (http("429 Too Many Requests"), "asks for a pause"),
    "it answers 500": (http("500 Internal Server Error"), TROUBLE),
    "it answers 503": (http("503 Service Unavailable"), "closed for maintenance"),
    "it accepts another key": (accept_nobody, f"{ADDRESS}|{UNREACHABLE}"),
    "it sends garbage": (answer_first(bytes(range(256))), GARBLED),
    "it sends a page": (answer_first(frame(HTML)), GARBLED),
    "it sends half an object": (answer_first(frame('{"msg_type":"authori')), GARBLED),
    "it sends a number": (answer_first(frame("1")), GARBLED),
    "it sends 100,000 brackets": (answer_first(frame(DEEP)), GARBLED),
    "it sends 10 MB": (answer_first(frame(HUGE)), GARBLED),
    "it announces more than there is": (
        answer_first(b"\x81\x7f\x7f" + b"\xff" * 7 + b"x"), GARBLED),
    "it sends no UTF-8": (answer_first(frame(b'{"a":"\xff\xfe"}')), GARBLED),
    "it sends no text": (answer_first(frame("{}", BINARY)), GARBLED),
    "it sends half a frame and hangs up": (
        answer_first(frame('{"msg_type":"authorize"}')[:12], hang_up), UNREACHABLE),
    "it closes without a reason": (answer_first(frame(b"", CLOSE)), UNREACHABLE),
    "it closes with a strange reason": (
        answer_first(frame(b"\x01\x93", CLOSE)), "turns this program away"),
    "it answers something else": (fail_call("Nonsense", "Nobody knows this code."), TROUBLE),
    "it answers an error full of markup": (fail_call("Nonsense", MARKUP), TROUBLE),
    "it does not accept the token": (
        fail_call("InvalidToken", "The token is invalid."), "doesn’t accept this token"),
}

SLOW = {
    "it never answers": (say_nothing, UNREACHABLE),
    "it stops in the head": (
        lambda stream: (stream.write_raw(b"HTTP/1.1 101 Switch"), wait_for_end(stream)),
        UNREACHABLE),
    "it opens and says nothing": (answer_first(b""), f"{TROUBLE}|{UNREACHABLE}"),
    "it stops in a frame": (
        answer_first(frame('{"msg_type":"authorize"}')[:12]), f"{TROUBLE}|{UNREACHABLE}"),
}

BAD_TOKENS = {
    "two words": ("abc def", "has only letters, digits"),
    "quotes": ('"abcDEF123456789"', "has only letters, digits"),
    "an apostrophe and a semicolon": ("abc';--", "has only letters, digits"),
    "other letters": ("жетон", "has only letters, digits"),
    "a bidirectional mark": ("abc\u202edef", "has only letters, digits"),
    "10,000 characters": ("a" * 10000, "has only letters, digits|It is too long|128"),
    "one of the new platform": ("pat_abcdefghijklmnop", "new platform"),
}


class Stage:
    """The program before a service that behaves as it is told."""

    def __init__(self, build_dir):
        self.server = Server(hang_up)
        self.app = App(build_dir, f"--service={self.server.url}")
        self.window = self.app.window
        self.entry = self.window.wait_find("API Token", ENTRY | ROW)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            self.app.__exit__(kind)
        finally:
            self.server.close()

    def type(self, token):
        self.window.click(self.entry)
        self.app.key("ctrl+a")
        if token.isascii() and len(token) < 100:
            self.app.type(token)
        else:
            # Nobody types that: it is pasted.
            self.app.key("BackSpace")
            self.app.wait_for("an empty entry", lambda: not self.entry.text)
            self.entry.insert(token)
        self.app.wait_for("the token that was typed", lambda: len(self.entry.text) == len(token))

    def try_to_sign_in(self, token, pattern, seconds=PATIENT):
        """Signs in in vain; returns why that did not end as it should."""
        try:
            # After what the last attempt ended with.
            x_input("sleep", READING_SECONDS, "key", "Return")
            said = self.window.wait_says(pattern, seconds)
            self.window.wait_find("Sign In", BUTTON)
            if len(self.entry.text) != len(token):
                return "what was typed is gone"
            if any(ord(char) < 32 and char != "\n" or char in "\u202e\u2066" for char in said):
                return f"it hides something: {said!r}"
            if len(said) > 1500:
                return f"it says too much: {len(said)} characters"
            self.app.check_alive()
            return "; ".join(self.app.complaints())
        except Failed as failed:
            self.app.check_alive()
            return str(failed)


def bad_answers(build_dir):
    with Stage(build_dir) as stage:
        stage.type(TOKEN)
        for name, (serve, pattern) in QUICK.items():
            stage.server.serve = serve
            yield name, stage.try_to_sign_in(TOKEN, pattern)
            # What was said about the last one must not count for the next.
            stage.app.key("End", "x", "BackSpace")
            stage.app.wait_for("the old sentence to go", lambda: not stage.window.says(pattern))


def elsewhere(build_dir):
    """A service that sends callers elsewhere is not followed: nobody agreed to that."""
    with Stage(build_dir) as stage:
        visited = threading.Event()

        def serve_elsewhere(stream):
            visited.set()
            hang_up(stream)

        other = Server(serve_elsewhere)
        stage.server.serve = http("302 Found", "Location: http" + other.url[2:])
        stage.type(TOKEN)
        yield "it is not followed", stage.try_to_sign_in(TOKEN, WEB_PAGE) or (
            "it went there" if visited.is_set() else None)
        other.close()


def slow_answer(build_dir, serve, pattern):
    with Stage(build_dir) as stage:
        stage.server.serve = serve
        stage.type(TOKEN)
        why = stage.try_to_sign_in(TOKEN, pattern)
        if why:
            raise Failed(why)


def bad_tokens(build_dir):
    with Stage(build_dir) as stage:
        called = threading.Event()
        stage.server.serve = lambda stream: called.set()
        for name, (token, pattern) in BAD_TOKENS.items():
            stage.type(token)
            why = stage.try_to_sign_in(token, pattern)
            yield name, why or ("it was sent to the service" if called.is_set() else None)


# The name as the service has it, and how the row begins.
NAMES = {
    "markup": ("<b>bold</b> &amp; <i>", "<b>bold</b> &amp; <i>,"),
    "format characters": ("100 %s %n %d", "100 %s %n %d,"),
    "an underscore": ("_New _Token", "_New _Token,"),
    "emoji": ("🎁 gift 👩‍👩‍👧", "🎁 gift 👩\u200d👩\u200d👧,"),
    "a right-to-left override": ("\u202egpj.exe", "[U+202E]gpj.exe,"),
    "isolates": ("a\u2066b\u2069", "a[U+2066]b[U+2069],"),
    "Arabic": ("مفتاح", "\u2068مفتاح\u2069,"),
    "a line break": ("one\ntwo\r\n\tthree", "one[U+000A]two[U+000D][U+000A][U+0009]three,"),
    "no width": ("De\u200briv", "De[U+200B]riv,"),
    "nothing": ("", "(no name),"),
    "blanks": ("   ", "(no name),"),
    "10,000 letters": ("W" * 10000, "WWWWWWWWWWWWWWWWWWWW"),
    "10,000 words": ("no " * 10000, "no no no no no no"),
    "many marks": ("Z" + "\u0301" * 3000, "Z\u0301"),
}


class HostileNames:
    """A service whose answers are as they should be, but for the names in them."""

    def __init__(self):
        self.apps = [{"app_id": number, "name": name, "scopes": ["read", "trade"],
                      "app_markup_percentage": 0, "last_used": None, "official": 0}
                     for number, (name, _) in enumerate(NAMES.values(), 1)]
        self.tokens = [{"display_name": name, "token": f"*****{number:04}", "scopes": ["read"],
                        "last_used": "", "valid_for_ip": ""}
                       for number, (name, _) in enumerate(NAMES.values(), 1)]

    def answer(self, call):
        if "authorize" in call:
            return "authorize", {"loginid": "SAMPLE9", "scopes": ["read", "admin"], "currency": "",
                                 "is_virtual": 0}
        if "api_token" in call:
            return "api_token", {"tokens": self.tokens}
        if "revoke_oauth_app" in call:
            self.apps = [app for app in self.apps if app["app_id"] != call["revoke_oauth_app"]]
            return "revoke_oauth_app", 1
        return ("oauth_apps", self.apps) if "oauth_apps" in call else ("ping", "pong")

    def serve(self, stream):
        accept_handshake(stream)
        while True:
            call = stream.read_json()
            name, value = self.answer(call)
            stream.write_json({"echo_req": {}, "msg_type": name, name: value,
                               "req_id": call["req_id"]})


def hostile_names(build_dir):
    with Stage(build_dir) as stage:
        stage.server.serve = HostileNames().serve
        window = stage.window
        stage.app.sign_in(TOKEN)
        window.wait_find(TOKENS, TAB)
        for title, keys in ((TOKENS, "ctrl+1"), (APPS, "ctrl+2")):
            stage.app.key(keys)
            rows = stage.app.wait_for(f"the rows of {title}", lambda title=title: (
                len(window.list_rows(title)) == len(NAMES) and window.list_rows(title)))
            for name, (_, shown) in NAMES.items():
                row = next((row for row in rows if row.startswith(shown)), "")
                yield f"{title}: {name}", (
                    None if row and len(row) < 600 else f"{row[:600]} in {rows}"[:2000])
        yield "the details", open_details(stage)
        yield "the toast after a revoke", revoke_markup(stage)
        yield "no complaint", "; ".join(stage.app.complaints())


def open_details(stage):
    window = stage.window
    row = window.wait_find("<b>bold</b> &amp; <i>", LABEL)
    window.click(row, READING_SECONDS)
    try:
        window.wait_find("Back", BUTTON)
        window.wait_says("^<b>bold</b> &amp; <i>$")
        stage.app.key("Escape")
        stage.app.wait_for("the list", lambda: not window.find("Back", BUTTON))
    except Failed as failed:
        return str(failed)
    return None


def revoke_markup(stage):
    window = stage.window
    try:
        window.click(window.wait_find("Revoke access for <b>bold</b> &amp; <i>", BUTTON),
                     READING_SECONDS)
        window.wait_says("“<b>bold</b> &amp; <i>” can no longer use your accounts")
    except Failed as failed:
        return str(failed)
    return None


class BadLists(HostileNames):
    """Lets anybody in, and then answers something else than a list."""

    def __init__(self, text):
        super().__init__()
        self.text = text

    def serve(self, stream):
        accept_handshake(stream)
        while True:
            call = stream.read_json()
            name, value = self.answer(call)
            if name == "oauth_apps":
                stream.write(self.text % call["req_id"])
            else:
                stream.write_json({"echo_req": {}, "msg_type": name, name: value,
                                   "req_id": call["req_id"]})


def bad_list(build_dir):
    """A list that is none ends in a page with the reason and a way on, not in an empty list."""
    text = '{"msg_type":"oauth_apps","oauth_apps":{"a":1},"echo_req":{},"req_id":%d}'
    with Stage(build_dir) as stage:
        stage.server.serve = BadLists(text).serve
        stage.app.sign_in(TOKEN)
        stage.window.wait_find(TOKENS, TAB)
        stage.app.key("ctrl+2")
        stage.window.wait_says("Couldn’t Load the List")
        stage.window.wait_says(GARBLED)
        stage.server.serve = HostileNames().serve
        stage.window.click(stage.window.wait_find("Retry", BUTTON))
        stage.window.wait_says("Couldn’t Load the List")
        if stage.window.find("No Connected Apps", LABEL):
            raise Failed("it says that there are no apps")


def main():
    cases = Cases(size="1280x1000", at_once=8)
    for name, (serve, pattern) in SLOW.items():
        cases.add(f"a service: {name}", slow_answer, serve, pattern)
    cases.add("a service", bad_answers)
    cases.add("a service that sends callers elsewhere", elsewhere)
    cases.add("a token", bad_tokens)
    cases.add("a name", hostile_names)
    cases.add("a list that is none", bad_list)
    return cases.main()


if __name__ == "__main__":
    sys.exit(main())
