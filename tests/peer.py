# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The other ends of a WebSocket, for the tests that run Token Manager as a process: a client, a
server that says whatever a test wants, and a tap that stands between the program and a service.

Written from RFC 6455 alone, and sharing nothing with the program, so that it can be a witness.
"""

import base64
import contextlib
import hashlib
import json
import os
import queue
import socket
import struct
import threading
import time
from urllib.parse import urlsplit

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
PATIENCE = 30


class Closed(Exception):
    """The other side is gone."""


def frame(payload, opcode=TEXT, mask=False, final=True):
    """One frame that holds PAYLOAD."""
    if isinstance(payload, str):
        payload = payload.encode()
    head = bytes([opcode | (0x80 if final else 0)])
    flag = 0x80 if mask else 0
    if len(payload) < 126:
        head += bytes([flag | len(payload)])
    elif len(payload) < 65536:
        head += struct.pack("!BH", flag | 126, len(payload))
    else:
        head += struct.pack("!BQ", flag | 127, len(payload))
    if not mask:
        return head + payload
    key = os.urandom(4)
    return head + key + unmask(payload, key)


def unmask(payload, key):
    if not payload:
        return payload
    repeated = key * (len(payload) // 4 + 1)
    number = int.from_bytes(payload, "big") ^ int.from_bytes(repeated[:len(payload)], "big")
    return number.to_bytes(len(payload), "big")


class Stream:
    """Frames over a socket."""

    def __init__(self, connection, mask):
        self.connection = connection
        self.mask = mask
        self.pending = b""
        self.lock = threading.Lock()

    def read_exactly(self, count):
        while len(self.pending) < count:
            try:
                piece = self.connection.recv(65536)
            except OSError:
                piece = b""
            if not piece:
                raise Closed
            self.pending += piece
        result, self.pending = self.pending[:count], self.pending[count:]
        return result

    def read_head(self):
        """The head of a HTTP message: its first line, and the fields below it."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self.read_exactly(1)
        first, *lines = head.decode("latin-1").split("\r\n")
        fields = dict(line.split(":", 1) for line in lines if ":" in line)
        return first, {name.lower(): value.strip() for name, value in fields.items()}

    def read_frame(self):
        """The opcode and payload of a frame; messages in pieces are not of this protocol."""
        first, second = self.read_exactly(2)
        length = second & 0x7F
        if length == 126:
            length, = struct.unpack("!H", self.read_exactly(2))
        elif length == 127:
            length, = struct.unpack("!Q", self.read_exactly(8))
        key = self.read_exactly(4) if second & 0x80 else None
        payload = self.read_exactly(length)
        return first & 0x0F, unmask(payload, key) if key else payload

    def read_json(self):
        """The next text; pings are answered on the way."""
        while True:
            opcode, payload = self.read_frame()
            if opcode == TEXT:
                return json.loads(payload)
            if opcode == PING:
                self.write(payload, PONG)
            elif opcode == CLOSE:
                raise Closed

    def write_raw(self, data):
        with self.lock:
            try:
                self.connection.sendall(data)
            except OSError as error:
                raise Closed from error

    def write(self, payload, opcode=TEXT):
        self.write_raw(frame(payload, opcode, self.mask))

    def write_json(self, value):
        self.write(json.dumps(value))

    def close(self):
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()


def accept_handshake(stream):
    """Answers a client that wants a WebSocket; without extensions, so that frames can be read."""
    first, fields = stream.read_head()
    key = fields["sec-websocket-key"].encode()
    proof = base64.b64encode(hashlib.sha1(key + MAGIC).digest()).decode()
    stream.write_raw(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                      f"Connection: Upgrade\r\nSec-WebSocket-Accept: {proof}\r\n\r\n").encode())
    return first


def connect(url):
    """A client's stream to the plain WebSocket at URL."""
    parts = urlsplit(url)
    connection = socket.create_connection((parts.hostname, parts.port), PATIENCE)
    stream = Stream(connection, mask=True)
    key = base64.b64encode(os.urandom(16)).decode()
    stream.write_raw((f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
                      "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                      f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
    first, _fields = stream.read_head()
    if " 101 " not in first:
        raise Closed(first)
    return stream


class Client:
    """Somebody else who is signed in at the same service, and asks it how things stand."""

    def __init__(self, url, token):
        self.stream = connect(url)
        self.call(authorize=token)

    def call(self, **request):
        self.stream.write_json(request)
        answer = self.stream.read_json()
        if "error" in answer:
            raise AssertionError(f"{next(iter(request))}: {answer['error']}")
        return answer[next(iter(request))]

    def list_apps(self):
        """The names of the connected apps, as the service has them."""
        return {app["name"] for app in self.call(oauth_apps=1)}

    def list_tokens(self):
        """The names of the API tokens, as the service has them."""
        return {token["display_name"] for token in self.call(api_token=1)["tokens"]}

    def list_app_ids(self):
        return {app["name"]: app["app_id"] for app in self.call(oauth_apps=1)}

    def close(self):
        self.stream.close()


class Server:
    """Listens on the loopback interface; every connection gets a thread that runs SERVE with it."""

    def __init__(self, serve, port=0):
        self.serve = serve
        self.listener = socket.create_server(("127.0.0.1", port))
        self.port = self.listener.getsockname()[1]
        self.url = f"ws://127.0.0.1:{self.port}/websockets/v3?app_id=1089"
        self.streams = []
        self.listening = threading.Thread(target=self._listen, daemon=True)
        self.listening.start()

    def _listen(self):
        while True:
            try:
                connection, _address = self.listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            stream = Stream(connection, mask=False)
            self.streams.append(stream)
            threading.Thread(target=self._serve, args=(stream,), daemon=True).start()

    def _serve(self, stream):
        with contextlib.suppress(Closed):
            self.serve(stream)
        stream.close()

    def close(self):
        # Closing alone would leave the port taken for as long as somebody waits at it.
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listening.join()
        self.listener.close()
        for stream in self.streams:
            stream.close()


class Tap(Server):
    """Stands between the program and a service, and remembers every call that goes through.

    LATENCY seconds pass before a call reaches the service, as with its option --latency; and it can
    turn calls away in the service's place, or hang up in place of its answer.
    """

    def __init__(self, url, port=0):
        super().__init__(self._pass_on, port)
        self.service_url = url
        self.latency = 0
        self.refusals = {}
        self.to_lose = set()
        self.lost = set()
        self.calls = []

    def count(self, name):
        return len(self.calls_of(name))

    def calls_of(self, name):
        return [call[name] for call in list(self.calls) if name in call]

    def refuse(self, name, code, message):
        """Turns every call of that name away from now on."""
        self.refusals[name] = {"code": code, "message": message}

    def lose_answer(self, name):
        """Hangs up when the service answers the next call with a member of that name."""
        self.to_lose.add(name)

    def edit(self, payload):
        """What the program gets in place of what the service says."""
        return payload

    def _note(self, call):
        self.calls.append(call)
        losing = self.to_lose & set(call)
        if losing:
            self.to_lose -= losing
            self.lost.add(call["req_id"])

    def _pass_on(self, program):
        accept_handshake(program)
        service = connect(self.service_url)
        self.streams.append(service)
        threading.Thread(target=self._pass_back, args=(service, program), daemon=True).start()
        due = queue.Queue()
        threading.Thread(target=self._send_when_due, args=(due, service, program),
                         daemon=True).start()
        try:
            while True:
                opcode, payload = program.read_frame()
                if opcode == TEXT:
                    self._note(json.loads(payload))
                due.put((time.monotonic() + self.latency, opcode, payload))
        finally:
            due.put((0, None, None))
            service.close()

    def _send_when_due(self, due, service, program):
        with contextlib.suppress(Closed):
            while True:
                when, opcode, payload = due.get()
                time.sleep(max(0, when - time.monotonic()))
                if opcode is None:
                    return
                if not self._turn_away(opcode, payload, program):
                    service.write(payload, opcode)

    def _turn_away(self, opcode, payload, program):
        if opcode != TEXT:
            return False
        call = json.loads(payload)
        name = next((name for name in call if name in self.refusals), None)
        if name is None:
            return False
        program.write_json({"echo_req": call, "msg_type": name, "error": self.refusals[name],
                            "req_id": call["req_id"]})
        return True

    def _pass_back(self, service, program):
        with contextlib.suppress(Closed):
            while True:
                opcode, payload = service.read_frame()
                if self.lost and opcode == TEXT and json.loads(payload)["req_id"] in self.lost:
                    break
                program.write(self.edit(payload), opcode)
        program.close()
