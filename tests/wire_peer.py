# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client in the standard library alone, and what PROTOCOL says of the answers.

For programs whose first argument is the path of token-manager-demo.
"""

import base64
import hashlib
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
import traceback
import urllib.parse
import zlib

DEADLINE = 60
PATH = '/websockets/v3?app_id=1089'
CONSENT = '/oauth2/authorize'
BACK = 'org.example.tokenmanager://sign-in'
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
SCOPES = ['read', 'trade', 'trading_information', 'payments', 'admin']


# The process.

class Service:
    scheme = 'ws'
    environment = {}

    def __init__(self, *options):
        self.process = subprocess.Popen([sys.argv[1], *options], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        env={**os.environ, **self.environment})
        self.lines = [self.process.stdout.readline().decode() for _ in range(2)]
        self.port = int(re.match(rf'url {self.scheme}://127\.0\.0\.1:(\d+)/', self.lines[0]).group(1))
        self.token = self.lines[1].split()[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self, number=signal.SIGTERM):
        """The exit status, and what was printed besides the two lines."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        out, err = self.process.communicate(timeout=DEADLINE)
        return self.process.returncode, out.decode(), err.decode()

    def connect(self, path=PATH, extensions=None):
        return Peer(self.port, path, extensions)

    def sign_in(self, token=None, app_id=1089):
        peer = self.connect(f'/websockets/v3?app_id={app_id}')
        peer.ok({'authorize': token or self.token}, 'authorize')
        return peer

    def raw(self, data):
        sock = socket.create_connection(('127.0.0.1', self.port), DEADLINE)
        sock.sendall(data)
        return sock

    def get(self, path, method='GET', host='127.0.0.1'):
        """What a browser gets: the status, the headers and the body."""
        with self.raw(f'{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n'
                      '\r\n'.encode()) as sock:
            return read_response(sock, method)

    def ask_owner(self, app_id, state='s'):
        """The id of a fresh page that asks whether to let an app in."""
        query = {'app_id': app_id, 'l': 'EN', 'brand': 'deriv'}
        if state is not None:
            query['state'] = state
        status, _, body = self.get(f'{CONSENT}?{urllib.parse.urlencode(query)}')
        assert status == 200, status
        return re.search('name="request" value="([A-Za-z0-9]{32})"', body).group(1)

    def answer(self, request, word):
        return self.get(f'{CONSENT}/answer?request={request}&answer={word}')

    def let_in(self, app_id):
        """Consents for the owner; the token of each login id."""
        status, headers, _ = self.answer(self.ask_owner(app_id), 'allow')
        assert status == 302, status
        back, _, query = headers['location'].partition('?')
        assert back == BACK, back
        values = urllib.parse.parse_qs(query, strict_parsing=True)
        assert all(len(value) == 1 for value in values.values()), values
        assert values.pop('state') == ['s']
        return {values[f'acct{n}'][0]: values[f'token{n}'][0] for n in range(1, 4)}

    def peak_memory(self):
        """In KiB."""
        with open(f'/proc/{self.process.pid}/status', encoding='ascii') as status:
            return int(re.search(r'VmHWM:\s+(\d+) kB', status.read()).group(1))

    def memory(self):
        """In KiB: all of it, what is shared in shares, and what nobody shares."""
        with open(f'/proc/{self.process.pid}/smaps_rollup', encoding='ascii') as rollup:
            text = rollup.read()
        return [int(re.search(rf'^{name}:\s+(\d+) kB', text, re.MULTILINE).group(1))
                for name in ('Pss', 'Pss_Anon')]

    def open_files(self):
        return len(os.listdir(f'/proc/{self.process.pid}/fd'))

    def assert_serves(self):
        assert self.process.poll() is None, 'the service has died'
        with self.connect() as peer:
            peer.ok({'ping': 1}, 'ping')


def run(*options):
    done = subprocess.run([sys.argv[1], *options], stdin=subprocess.DEVNULL, timeout=DEADLINE,
                          capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


# The socket.

class Closed(Exception):
    """The other side has closed: with a status, with a frame without one (1005), or with neither
    (1006)."""

    def __init__(self, status):
        super().__init__(f'closed with {status}')
        self.status = status


def upgrade_request(path=PATH, extensions=None, key='dGhlIHNhbXBsZSBub25jZQ=='):
    lines = [f'GET {path} HTTP/1.1', 'Host: 127.0.0.1', 'Upgrade: websocket',
             'Connection: Upgrade', f'Sec-WebSocket-Key: {key}', 'Sec-WebSocket-Version: 13',
             'User-Agent: demo-peer']
    if extensions:
        lines.append(f'Sec-WebSocket-Extensions: {extensions}')
    return '\r\n'.join(lines + ['', '']).encode()


def read_response(sock, method='GET'):
    head = b''
    while not head.endswith(b'\r\n\r\n'):
        byte = sock.recv(1)
        if not byte:
            raise Closed(1006)
        head += byte
    status, *lines = head.decode().split('\r\n')
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(':') for line in lines) if k}
    body = b''
    length = 0 if method == 'HEAD' else int(headers.get('content-length', 0))
    while status.split()[1] != '101' and len(body) < length:
        body += sock.recv(4096)
    return int(status.split()[1]), headers, body.decode()


def make_frame(payload, opcode=TEXT, final=True, reserved=0, masked=True, length=None):
    if isinstance(payload, str):
        payload = payload.encode()
    first = (0x80 if final else 0) | reserved << 4 | opcode
    size = len(payload) if length is None else length
    bit = 0x80 if masked else 0
    if size < 126:
        head = struct.pack('>BB', first, bit | size)
    elif size < 65536:
        head = struct.pack('>BBH', first, bit | 126, size)
    else:
        head = struct.pack('>BBQ', first, bit | 127, size)
    if not masked:
        return head + payload
    mask = os.urandom(4)
    key = int.from_bytes((mask * (len(payload) // 4 + 1))[:len(payload)], 'big')
    mixed = (int.from_bytes(payload, 'big') ^ key).to_bytes(len(payload), 'big')
    return head + mask + mixed


class Peer:
    max_answer = 600000

    def __init__(self, port, path, extensions):
        key = base64.b64encode(os.urandom(16)).decode()
        self.sock = socket.create_connection(('127.0.0.1', port), DEADLINE)
        self.sock.sendall(upgrade_request(path, extensions, key))
        status, headers, _ = read_response(self.sock)
        assert status == 101, status
        accept = hashlib.sha1((key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').encode()).digest()
        assert headers['sec-websocket-accept'] == base64.b64encode(accept).decode()
        assert headers['upgrade'].lower() == 'websocket'
        assert 'sec-websocket-protocol' not in headers
        self.extensions = headers.get('sec-websocket-extensions')
        self.inflater = zlib.decompressobj(-15)
        self.reader = self.sock.makefile('rb')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.reader.close()
        self.sock.close()

    def send_raw(self, data):
        """What the other side doesn't read to its end, because it has closed, is no fault."""
        try:
            self.sock.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def send(self, what, opcode=TEXT):
        self.send_raw(make_frame(what if isinstance(what, (str, bytes)) else json.dumps(what),
                                 opcode))

    def read_exactly(self, count):
        try:
            data = self.reader.read(count)
        except ConnectionResetError:
            data = b''
        if len(data) < count:
            raise Closed(1006)
        return data

    def read_frame(self):
        first, second = self.read_exactly(2)
        assert not second & 0x80, 'a server masks nothing'
        size = second & 0x7f
        if size == 126:
            size, = struct.unpack('>H', self.read_exactly(2))
        elif size == 127:
            size, = struct.unpack('>Q', self.read_exactly(8))
        payload = self.read_exactly(size)
        assert first & 0x80, 'the service does not fragment'
        if first & 0x40:
            payload = self.inflater.decompress(payload + b'\x00\x00\xff\xff')
        return first & 0x0f, payload

    def read(self):
        opcode, payload = self.read_frame()
        if opcode == CLOSE:
            raise Closed(struct.unpack('>H', payload[:2])[0] if payload else 1005)
        assert opcode == TEXT, opcode
        assert len(payload) <= self.max_answer
        return json.loads(payload.decode())

    def ask(self, request):
        self.send(request)
        answer = self.read()
        check_envelope(request if isinstance(request, dict) else None, answer)
        return answer

    def ok(self, request, name):
        """The data of a call that works, held against its table."""
        answer = self.ask(request)
        assert 'error' not in answer, answer['error']
        assert answer['msg_type'] == name, answer['msg_type']
        check(answer[name], ANSWERS[name], name)
        return answer[name]

    def error(self, request, code, message=None, type=None, details=None):
        answer = self.ask(request)
        assert 'error' in answer, f'{request} was done'
        error = answer['error']
        assert error['code'] == code, f'{request}: {error}'
        assert message is None or error['message'] == message, error['message']
        assert type is None or answer['msg_type'] == type, answer['msg_type']
        assert details is None or error.get('details') == details, error.get('details')

    def closes(self, status):
        """Nothing but a close of that status comes, and then the end."""
        try:
            answer = self.read()
        except Closed as closed:
            assert closed.status == status, f'{closed}, not {status}'
        else:
            raise AssertionError(f'not closed, but answered: {answer}')
        self.send_raw(make_frame(b'', CLOSE))
        try:
            assert self.reader.read(1) == b'', 'something came behind the close frame'
        except ConnectionResetError:
            pass


# What answers look like: hand-written from PROTOCOL 2, every member needed, none besides.

class Maybe:
    """A value that may be null."""

    def __init__(self, table):
        self.table = table


class Some:
    """An object of which all members are optional."""

    def __init__(self, table):
        self.table = table


INTEGER = 'integer'
FLAG = 'flag'
ONE = 'one'
NUMBER = 'number'
SCOPE = set(SCOPES)
WHEN = re.compile(r'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?)?')
TOKEN = {'display_name': str, 'last_used': WHEN, 'scopes': [SCOPE], 'token': str,
         'valid_for_ip': str}
ACCOUNT = {'account_category': {'trading', 'wallet'}, 'account_type': str, 'broker': str,
           'created_at': INTEGER, 'currency': str, 'currency_type': str,
           'excluded_until': INTEGER, 'is_disabled': FLAG, 'is_virtual': FLAG,
           'landing_company_name': str,
           'linked_to': [Some({'loginid': str, 'platform': str})],
           'loginid': re.compile('[A-Za-z]+[0-9]+')}
LIMIT = {'applies_to': str, 'hourly': INTEGER, 'minutely': INTEGER}
CURRENCY = {'fractional_digits': INTEGER, 'is_deposit_suspended': FLAG, 'is_suspended': FLAG,
            'is_withdrawal_suspended': FLAG, 'name': str, 'stake_default': NUMBER,
            'transfer_between_accounts': {'fees': {}, 'limits': {'min': NUMBER}},
            'type': {'fiat', 'crypto'}}
COUNTRY = re.compile('[a-z]{0,2}')
SETTINGS = {
    'account_opening_reason': str, 'address_city': str, 'address_line_1': str,
    'address_line_2': str, 'address_postcode': str, 'address_state': str, 'allow_copiers': FLAG,
    'calling_country_code': str, 'citizen': COUNTRY, 'client_tnc_status': str, 'country': str,
    'country_code': COUNTRY, 'date_of_birth': INTEGER, 'email': str, 'email_consent': FLAG,
    'employment_status': str, 'first_name': str, 'has_secret_answer': FLAG,
    'immutable_fields': [str], 'is_authenticated_payment_agent': FLAG, 'last_name': str,
    'non_pep_declaration': FLAG, 'phone': str, 'place_of_birth': COUNTRY,
    'preferred_language': re.compile('[A-Z]{2}'), 'request_professional_status': FLAG,
    'residence': str, 'salutation': str, 'tax_identification_number': Maybe(str),
    'tax_residence': COUNTRY, 'trading_hub': FLAG}
ANSWERS = {
    'ping': {'pong'},
    'forget': FLAG,
    'forget_all': [str],
    'account_list': [{name: table for name, table in ACCOUNT.items()
                      if name not in ('currency_type', 'excluded_until')}],
    'balance': Some({'balance': NUMBER, 'currency': str, 'id': str, 'loginid': str}),
    'get_settings': Some(SETTINGS),
    'website_status': {
        'api_call_limits': {'max_proposal_subscription': {'applies_to': str, 'max': INTEGER},
                            'max_requestes_general': LIMIT, 'max_requests_outcome': LIMIT,
                            'max_requests_pricing': LIMIT},
        'clients_country': COUNTRY,
        'currencies_config': {code: CURRENCY for code in ('BTC', 'EUR', 'USD')},
        'site_status': {'up', 'updating'}, 'supported_languages': [str],
        'terms_conditions_version': str},
    'time': INTEGER,
    'logout': ONE,
    'revoke_oauth_app': ONE,
    'authorize': {
        'account_list': [Some(ACCOUNT)], 'balance': NUMBER, 'country': re.compile('[a-z]{0,2}'),
        'currency': str, 'email': str, 'fullname': str, 'is_virtual': FLAG,
        'landing_company_fullname': str, 'landing_company_name': str,
        'linked_to': [Some({'loginid': str, 'platform': str})],
        'local_currencies': Some({'EUR': {'fractional_digits': INTEGER}}),
        'loginid': re.compile('[A-Za-z]+[0-9]+'),
        'preferred_language': Maybe(re.compile('[A-Z]{0,2}|[A-Z]{2}_[A-Z]{2}')),
        'scopes': [SCOPE], 'upgradeable_landing_companies': [str], 'user_id': INTEGER},
    'api_token': Some({'tokens': [TOKEN], 'new_token': ONE, 'delete_token': ONE}),
    'oauth_apps': [{'app_id': INTEGER, 'app_markup_percentage': NUMBER, 'last_used': Maybe(WHEN),
                    'name': str, 'official': FLAG, 'scopes': [SCOPE]}],
    'login_history': [{'action': {'login', 'logout'}, 'browser': str, 'country': str,
                       'datetime': str, 'device': str, 'environment': str, 'ip': str,
                       'language': str, 'os': str, 'status': FLAG, 'time': INTEGER,
                       'version': str}],
}


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def check(value, table, where):
    if isinstance(table, Maybe):
        if value is not None:
            check(value, table.table, where)
    elif isinstance(table, (Some, dict)):
        members = table.table if isinstance(table, Some) else table
        assert isinstance(value, dict), where
        assert value.keys() <= members.keys(), f'{where}: {value.keys() - members.keys()}'
        assert isinstance(table, Some) or value.keys() == members.keys(), \
            f'{where} lacks {members.keys() - value.keys()}'
        for name in value:
            check(value[name], members[name], f'{where}.{name}')
    elif isinstance(table, list):
        assert isinstance(value, list), where
        for item in value:
            check(item, table[0], f'{where}[]')
    elif isinstance(table, set):
        assert value in table, f'{where}: {value}'
    elif isinstance(table, re.Pattern):
        assert table.fullmatch(value), f'{where}: {value}'
    elif table in (INTEGER, FLAG, ONE):
        assert isinstance(value, int) and not isinstance(value, bool), f'{where}: {value}'
        assert table != FLAG or value in (0, 1), f'{where}: {value}'
        assert table != ONE or value == 1, f'{where}: {value}'
    elif table == NUMBER:
        assert is_number(value), f'{where}: {value}'
    else:
        assert isinstance(value, table), f'{where}: {value}'


def check_envelope(request, answer):
    assert isinstance(answer, dict)
    assert isinstance(answer['echo_req'], dict)
    assert isinstance(answer['msg_type'], str)
    known = {'echo_req', 'msg_type', 'req_id', 'passthrough', 'subscription'}
    extra = answer.keys() - known
    assert extra == {'error'} or extra == {answer['msg_type']}, extra
    if 'error' in answer:
        assert answer['error'].keys() <= {'code', 'message', 'details'}
        assert answer['error']['code'] and answer['error']['message']
        assert 'details' not in answer['error'] or answer['error']['details']
    if request is None:
        return
    hidden = dict(request)
    for name in ('authorize', 'tokens'):
        if name in hidden:
            hidden[name] = (['<not shown>'] * len(hidden[name])
                            if isinstance(hidden[name], list) else '<not shown>')
    assert answer['echo_req'] == hidden, answer['echo_req']
    if type(request.get('req_id')) is int:  # and not a bool, pylint: disable=unidiomatic-typecheck
        assert answer['req_id'] == request['req_id']
    elif 'req_id' not in request:
        assert 'req_id' not in answer
    if isinstance(request.get('passthrough'), dict):
        assert answer['passthrough'] == request['passthrough']
    else:
        assert 'passthrough' not in answer


# What the lists of an account hold.

def apps_of(peer):
    return {app['app_id']: app for app in peer.ok({'oauth_apps': 1}, 'oauth_apps')}


def tokens_of(peer, request=None):
    rows = peer.ok({'api_token': 1, **(request or {})}, 'api_token')['tokens']
    names = [row['display_name'] for row in rows]
    assert names == sorted(names), names
    return {row['display_name']: row for row in rows}


# The tests of a program, in their order.

TESTS = []


def test(function):
    TESTS.append(function)
    return function


def main():
    failed = 0
    print(f'1..{len(TESTS)}')
    for number, function in enumerate(TESTS, 1):
        start = time.monotonic()
        try:
            function()
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print(f'not ok {number} {function.__name__}')
            print('# ' + traceback.format_exc().replace('\n', '\n# '))
        else:
            print(f'ok {number} {function.__name__} # {time.monotonic() - start:.2f} s')
        sys.stdout.flush()
    return 1 if failed else 0
