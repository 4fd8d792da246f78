#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What token-manager-demo says of itself and of the owner, once or again; and TLS.

Takes the path of the program, and prints TAP.
"""

import errno
import json
import os
import pathlib
import re
import socket
import ssl
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

# pylint: disable=wrong-import-position
from wire_peer import (DEADLINE, Closed, Service, main, make_frame, read_response, run, test,
                       tokens_of, upgrade_request)

UUID = re.compile('[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}')


# The status.

@test
def website_status():
    with Service() as service, service.connect() as peer:
        status = peer.ok({'website_status': 1}, 'website_status')
        assert status['site_status'] == 'up'
        assert 'subscription' not in peer.ask({'website_status': 1, 'subscribe': 0})


@test
def true_limits():
    """What it says of its limits is how it is."""
    for options, per_minute, per_hour in (
            ([], 180, 14400), (['--limit=30/60'], 30, 14400), (['--limit=10/5'], 120, 14400),
            (['--limit=600/600'], 60, 14400), (['--limit=1/3600'], 1, 14400),
            (['--no-limits'], 1000000, 60000000)):
        with Service(*options) as service, service.connect() as peer:
            limits = peer.ok({'website_status': 1}, 'website_status')['api_call_limits']
            assert limits['max_requestes_general']['minutely'] == per_minute, (options, limits)
            assert limits['max_requestes_general']['hourly'] == per_hour, (options, limits)
            if 1 < per_minute <= 180 and options != ['--limit=600/600']:
                allowed = int(options[0][8:].split('/')[0]) if options else per_minute
                for _ in range(allowed - 1):
                    peer.ok({'website_status': 1}, 'website_status')
                peer.error({'website_status': 1}, 'RateLimit')


@test
def updating():
    """Those who have subscribed hear of it, those who ask are told, and then everybody is cut."""
    with Service('--updating=1/1') as service:
        peer, other, late = service.sign_in(), service.connect(), service.connect()
        first = peer.ask({'website_status': 1, 'subscribe': 1, 'req_id': 7,
                          'passthrough': {'a': 'b'}})
        assert first['website_status']['site_status'] == 'up'
        update = peer.read()
        assert update['website_status']['site_status'] == 'updating'
        # Nothing else has changed: it is the answer to the same request once more.
        update['website_status']['site_status'] = 'up'
        assert update == first and UUID.fullmatch(update['subscription']['id'])
        assert late.ok({'website_status': 1}, 'website_status')['site_status'] == 'updating'
        for each in (peer, other, late):
            try:
                raise AssertionError(each.read())
            except Closed as closed:
                assert closed.status == 1006
        with service.connect() as again:
            assert again.ok({'website_status': 1}, 'website_status')['site_status'] == 'up'
        assert service.stop() == (0, '', '')
    for bad in ('1', '0/1', '1/0', 'x', '1/2/3', '-1/1'):
        status, out, err = run(f'--updating={bad}')
        assert status == 2 and out == '' and err.count('\n') == 1, (bad, status, err)


# Streams.

@test
def streams():
    with Service() as service, service.sign_in() as peer:
        ids = []
        for name in ('website_status', 'balance'):
            answer = peer.ask({name: 1, 'subscribe': 1})
            ids.append(answer['subscription']['id'])
            assert UUID.fullmatch(ids[-1]), answer
            peer.error({name: 1, 'subscribe': 1}, 'AlreadySubscribed')
        assert len(set(ids)) == 2
        assert peer.ok({'forget': ids[0]}, 'forget') == 1
        assert peer.ok({'forget': ids[0]}, 'forget') == 0
        assert peer.ok({'forget_all': 'ticks'}, 'forget_all') == []
        assert peer.ok({'forget_all': ['ticks', 'balance', 'website_status']},
                       'forget_all') == [ids[1]]
        for name in ('website_status', 'balance'):
            peer.ask({name: 1, 'subscribe': 1})
        assert len(peer.ok({'forget_all': 'balance'}, 'forget_all')) == 1
        # Streams are of a connection, and end with the session.
        with service.sign_in() as other:
            assert other.ok({'forget_all': 'website_status'}, 'forget_all') == []
        peer.ok({'logout': 1}, 'logout')
        assert peer.ok({'forget_all': 'website_status'}, 'forget_all') == []
        peer.error({'forget': 'short'}, 'InputValidationFailed')
        peer.error({'forget_all': 'nonsense'}, 'InputValidationFailed')


@test
def logged_out_by_a_stream():
    """Who listens to a balance when the token goes is logged out; who doesn't learns why."""
    with Service() as service, service.sign_in() as peer, service.sign_in() as other:
        peer.ask({'balance': 1, 'subscribe': 1})
        other.ask({'website_status': 1, 'subscribe': 1})
        with service.sign_in() as third:
            tokens_of(third, {'delete_token': tokens_of(third)['Token Manager']['token']})
        peer.error({'oauth_apps': 1}, 'AuthorizationRequired', 'Please log in.')
        other.error({'oauth_apps': 1}, 'InvalidToken', 'The token is invalid.')


# The owner.

@test
def account_list():
    with Service() as service, service.sign_in() as peer:
        owner = peer.ok({'authorize': service.token}, 'authorize')
        accounts = peer.ok({'account_list': 1}, 'account_list')
        assert [account['loginid'] for account in accounts] == ['SAMPLE1', 'SAMPLE2', 'SAMPLE3']
        assert [account['is_virtual'] for account in accounts] == [0, 0, 1]
        for account, listed in zip(accounts, owner['account_list']):
            assert {**listed, 'broker': 'SAMPLE'} == {
                **account, 'currency_type': listed['currency_type']}
        # It takes no login id, and needs to be read.
        peer.error({'account_list': 1, 'loginid': 'SAMPLE1'}, 'InputValidationFailed')


@test
def balance():
    with Service() as service, service.sign_in() as peer:
        owner = peer.ok({'authorize': service.token}, 'authorize')
        for request in ({'balance': 1}, {'balance': 1, 'account': 'current'},
                        {'balance': 1, 'loginid': 'SAMPLE1'}):
            assert peer.ok(request, 'balance') == {
                'balance': owner['balance'], 'currency': 'USD', 'loginid': 'SAMPLE1'}
        for account in ('all', 'CR1'):
            peer.error({'balance': 1, 'account': account}, 'PermissionDenied',
                       'Permission denied, balances of all accounts require oauth token')
    with Service() as service:
        token = service.let_in(70501)['SAMPLE2']
        with service.sign_in(token, 70501) as peer:
            assert peer.ok({'balance': 1}, 'balance')['currency'] == 'BTC'
            peer.error({'balance': 1, 'account': 'all'}, 'NotInDemo')


@test
def get_settings():
    with Service() as service:
        with service.sign_in() as peer:
            settings = peer.ok({'get_settings': 1}, 'get_settings')
            assert settings['first_name'] == 'Sample' and settings['email'] == 'owner@example.com'
        token = service.let_in(70101)['SAMPLE3']
        with service.sign_in(token, 70101) as peer:
            assert 'first_name' not in peer.ok({'get_settings': 1}, 'get_settings')


# TLS.

class Certificate:
    """A certificate for 127.0.0.1 that is only good for a moment."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(self.folder.name)
        self.path, self.key = folder / 'certificate.pem', folder / 'key.pem'
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt',
                        'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj',
                        '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1',
                        '-keyout', self.key, '-out', self.path], check=True, capture_output=True)
        return self

    def __exit__(self, *_):
        self.folder.cleanup()


class SecureService(Service):
    scheme = 'wss'
    # The leak sanitizer doesn't survive the threads of the TLS library; the others do.
    environment = {'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'}


@test
def tls():
    with Certificate() as certificate, SecureService(
            f'--tls-certificate={certificate.path}', f'--tls-key={certificate.key}',
            '--fault=time:1:half') as service:
        context = ssl.create_default_context(cafile=certificate.path)

        def connect():
            sock = socket.create_connection(('127.0.0.1', service.port), DEADLINE)
            secure = context.wrap_socket(sock, server_hostname='127.0.0.1')
            secure.sendall(upgrade_request())
            assert read_response(secure)[0] == 101
            return secure

        with connect() as sock:
            sock.sendall(make_frame('{"ping":1}'))
            assert sock.recv(1) == b'\x81'
            size = sock.recv(1)[0]
            assert json.loads(sock.recv(size))['ping'] == 'pong'
        with connect() as sock:
            sock.sendall(make_frame('{"time":1}'))
            sock.suppress_ragged_eofs = True
            assert sock.recv(1) == b'\x81'
            rest = b''
            while data := sock.recv(4096):
                rest += data
            assert 10 < len(rest) < 100, rest
        # Who doesn't speak it isn't heard, and harms nobody.
        for data in (upgrade_request(), b'\0' * 100, b'\x16\x03\x01\x02\x00'):
            with service.raw(data) as sock:
                try:
                    sock.shutdown(socket.SHUT_WR)
                    assert b'101' not in sock.recv(4096)
                except OSError as error:
                    # It may have hung up already.
                    assert error.errno in (errno.ECONNRESET, errno.ENOTCONN)
        # A handshake that never ends keeps nobody else waiting.
        with service.raw(b''), connect():
            pass
        assert service.stop() == (0, '', '')


@test
def tls_refused():
    with Certificate() as certificate:
        for options in ([f'--tls-certificate={certificate.path}'],
                        [f'--tls-key={certificate.key}']):
            assert run(*options)[0] == 2, options
        for path, key in (('/proc/none', certificate.key), (certificate.path, '/proc/none'),
                          (certificate.key, certificate.key)):
            status, out, err = run(f'--tls-certificate={path}', f'--tls-key={key}')
            assert status == 1 and out == '' and err.count('\n') == 1, (status, out, err)


if __name__ == '__main__':
    sys.exit(main())
