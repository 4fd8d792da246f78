#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What token-manager-demo lets go wrong when it is asked to, as a client sees it.

Takes the path of the program, and prints TAP.
"""

import json
import pathlib
import sys
import tempfile
import time

sys.dont_write_bytecode = True

# pylint: disable=wrong-import-position
from wire_peer import CLOSE, TEXT, Closed, Service, apps_of, main, make_frame, run, test, tokens_of

REVOKE = {'revoke_oauth_app': 70133, 'req_id': 5}


def serve(*faults):
    return Service('--no-limits', *[f'--fault={fault}' for fault in faults])


def is_revoked(service):
    """As somebody else sees it, whom nothing befalls."""
    with service.sign_in() as peer:
        return 70133 not in apps_of(peer)


@test
def dropped():
    for what, status, done in (('drop-before', 1006, False), ('drop-after', 1006, True),
                               ('close-before:1006', 1006, False), ('close-after:1006', 1006, True),
                               ('close-before:1005', 1005, False), ('close-after:1005', 1005, True),
                               ('close-after:1009', 1009, True), ('close-before:403', 403, False),
                               ('close-after:1001', 1001, True), ('close-after:4999', 4999, True)):
        with serve(f'revoke_oauth_app:1:{what}') as service, service.sign_in() as peer:
            peer.send(REVOKE)
            if status == 1006:
                try:
                    raise AssertionError(peer.read())
                except Closed as closed:
                    assert closed.status == 1006, closed
            else:
                peer.closes(status)
            assert is_revoked(service) == done, what
            with service.sign_in() as again:
                again.ok(REVOKE, 'revoke_oauth_app')
            assert service.stop() == (0, '', ''), what


@test
def answered_before_the_end():
    """Nothing that was answered before is lost, however the connection ends."""
    for what in ('drop-before', 'drop-after', 'close-after:403', 'close-before:1005', 'masked',
                 'half'):
        with serve(f'revoke_oauth_app:1:{what}') as service, service.sign_in() as peer:
            calls = [{'time': 1, 'req_id': number} for number in range(20)]
            peer.send_raw(b''.join(make_frame(json.dumps(call)) for call in [*calls, REVOKE]))
            assert [peer.read()['req_id'] for _ in calls] == list(range(20)), what


@test
def silent():
    for what, done in (('silent-before', False), ('silent-after', True)):
        with serve(f'revoke_oauth_app:1:{what}') as service, service.sign_in() as peer:
            peer.send(REVOKE)
            assert peer.ok({'ping': 1, 'req_id': 6}, 'ping') == 'pong'
            assert is_revoked(service) == done, what
            peer.ok(REVOKE, 'revoke_oauth_app')


@test
def errors():
    with serve('revoke_oauth_app:1:error:RateLimit', 'revoke_oauth_app:2:error:Odd:Two: words',
               'authorize:2:error:InvalidAppID') as service, service.sign_in() as peer:
        peer.error(REVOKE, 'RateLimit', 'You have reached the rate limit.', 'revoke_oauth_app')
        peer.error(REVOKE, 'Odd', 'Two: words')
        assert 70133 in apps_of(peer)
        peer.error({'authorize': service.token}, 'InvalidAppID')
        peer.closes(1005)


@test
def wrong_answers():
    with serve('ping:1:garbage', 'ping:2:garbage:{"a":', 'ping:3:wrong-id', 'ping:4:wrong-id:-1',
               'ping:5:no-id', 'ping:6:twice', 'ping:7:unsolicited',
               'ping:8:unsolicited:{"msg_type":"x"}') as service, service.connect() as peer:
        for text in ('}{', '{"a":'):
            peer.send({'ping': 1, 'req_id': 5})
            assert peer.read_frame() == (TEXT, text.encode())
        for req_id in (1005, 4):
            peer.send({'ping': 1, 'req_id': 5})
            answer = peer.read()
            assert answer['ping'] == 'pong'
            assert answer['req_id'] == answer['echo_req']['req_id'] == req_id, answer
        peer.send({'ping': 1, 'req_id': 5})
        answer = peer.read()
        assert 'req_id' not in answer and answer['echo_req'] == {'ping': 1}, answer
        peer.send({'ping': 1, 'req_id': 5})
        assert peer.read() == peer.read()
        for type_ in ('balance', 'x'):
            peer.send({'ping': 1, 'req_id': 5})
            assert peer.read()['msg_type'] == type_
            assert peer.read()['ping'] == 'pong'
        peer.ok({'ping': 1, 'req_id': 5}, 'ping')


@test
def broken_frames():
    with serve('time:1:masked', 'time:2:half') as service:
        with service.connect() as peer:
            peer.send({'time': 1})
            first, second = peer.read_exactly(2)
            assert first == 0x80 | TEXT and second & 0x80
            assert peer.read_exactly(4) == bytes(4)
            assert json.loads(peer.read_exactly(second & 0x7f))['msg_type'] == 'time'
            peer.send_raw(make_frame(b'\x03\xea', CLOSE))
            assert peer.reader.read() == b''
        with service.connect() as peer:
            peer.send({'time': 1})
            rest = peer.reader.read()
            assert rest[0] == 0x80 | TEXT and len(rest) == (rest[1] + 2) // 2, rest
        service.assert_serves()
        assert service.stop() == (0, '', '')


@test
def delayed():
    """What is delayed is overtaken, and done when its time has come."""
    with serve('revoke_oauth_app:1:delay:300') as service, service.sign_in() as peer:
        start = time.monotonic()
        peer.send(REVOKE)
        peer.ok({'ping': 1, 'req_id': 6}, 'ping')
        assert not is_revoked(service)
        answer = peer.read()
        assert answer['revoke_oauth_app'] == 1 and answer['req_id'] == 5
        assert time.monotonic() - start >= 0.3
        assert is_revoked(service)
    # Whoever goes while it waits leaves it undone.
    with serve('revoke_oauth_app:1:delay:300') as service:
        with service.sign_in() as peer:
            peer.send(REVOKE)
            peer.ok({'ping': 1}, 'ping')
        assert not is_revoked(service)
        assert service.stop() == (0, '', '')


@test
def what_is_refused_does_not_count():
    with serve('api_token.new_token:1:drop-after') as service, service.sign_in() as peer:
        with service.connect() as stranger:
            stranger.error({'api_token': 1, 'new_token': 'New bot'}, 'AuthorizationRequired')
        peer.error({'api_token': 1, 'new_token': 'a-b'}, 'InputValidationFailed')
        before = tokens_of(peer)
        peer.send({'api_token': 1, 'new_token': 'New bot', 'new_token_scopes': ['read']})
        try:
            raise AssertionError(peer.read())
        except Closed as closed:
            assert closed.status == 1006
        with service.sign_in() as again:
            assert tokens_of(again).keys() == before.keys() | {'New bot'}


@test
def logged():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'log'
        with Service(f'--log={path}', '--fault=ping:1:drop-after', '--fault=ping:2:drop-before',
                     '--fault=time:1:delay:1', '--fault=time:2:error:Odd') as service:
            for _ in range(2):
                with service.connect() as peer:
                    peer.send({'ping': 1})
                    assert peer.reader.read() == b''
            with service.connect() as peer:
                peer.ok({'time': 1}, 'time')
                peer.error({'time': 1}, 'Odd')
                peer.ok({'time': 1}, 'time')
        lines = [json.loads(line) for line in path.read_text('utf-8').splitlines()]
        assert [(line['call'], line['outcome'], line['fault']) for line in lines] == [
            ('ping', 'done', 'drop-after'), ('ping', 'not-done', 'drop-before'),
            ('time', 'not-done', 'delay'), ('time', 'done', None), ('time', 'Odd', 'error'),
            ('time', 'done', None)], lines


@test
def every_and_all():
    with serve('ping:/3:silent-after', 'time:2+:error:Odd') as service, service.connect() as peer:
        for number in range(9):
            peer.send({'ping': 1, 'req_id': number})
        assert [peer.read()['req_id'] for _ in range(6)] == [0, 1, 3, 4, 6, 7]
        peer.ok({'time': 1}, 'time')
        for _ in range(5):
            peer.error({'time': 1}, 'Odd')


@test
def bad_specs():
    for spec in ('ping', 'ping:1', 'pong:1:twice', 'ping:0:twice', 'ping:1:thrice',
                 'ping:1:delay', 'ping:1:close-after:0'):
        status, out, err = run(f'--fault={spec}')
        assert status == 2 and out == '', (spec, status, out)
        assert err.count('\n') == 1 and f'“{spec}”' in err, err


if __name__ == '__main__':
    sys.exit(main())
