#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What token-manager-demo keeps in a file for its next start, and what it writes down.

Takes the path of the program, and prints TAP.
"""

import json
import os
import pathlib
import random
import re
import signal
import stat
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

# pylint: disable=wrong-import-position
from wire_peer import Closed, Service, apps_of, main, run, test, tokens_of


class Folder:
    """A folder of its own, with the file that the service is to keep everything in."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name) / 'state'
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def serve(self, *options):
        return Service(f'--state={self.path}', *options)

    def read(self):
        return json.loads(self.path.read_text(encoding='utf-8'))


# The state.

@test
def kept():
    """What was done is done at the next start, for each account, and nothing else has changed."""
    with Folder() as folder:
        with folder.serve('--token=a1-My_own') as service:
            consented = service.let_in(70501)
            with service.sign_in() as peer:
                new = tokens_of(peer, {'new_token': 'New bot', 'new_token_scopes': ['read'],
                                       'valid_for_current_ip_only': 1})['New bot']
                spare = tokens_of(peer)['Spare bot']['token']
                tokens_of(peer, {'delete_token': spare})
                peer.ok({'revoke_oauth_app': 70133}, 'revoke_oauth_app')
                peer.ok({'authorize': service.token, 'add_to_login_history': 1}, 'authorize')
                apps, tokens = apps_of(peer), tokens_of(peer)
                visits = peer.ok({'login_history': 1, 'limit': 50}, 'login_history')
            with service.sign_in(consented['SAMPLE3'], 70501) as peer:
                others = apps_of(peer)
            assert service.stop() == (0, '', '')
        with folder.serve('--token=ignored', '--apps=5', '--tokens=40') as service:
            assert service.token == 'a1-My_own'
            with service.sign_in() as peer:
                again = tokens_of(peer)
                assert again.pop('Token Manager')['last_used'] >= tokens.pop(
                    'Token Manager')['last_used']
                assert again == tokens
                assert 'New bot' in again and 'Spare bot' not in again
                assert apps_of(peer) == apps and 70133 not in apps and 70501 in apps
                assert peer.ok({'login_history': 1, 'limit': 50}, 'login_history') == visits
                assert visits[0]['ip'] == '127.0.0.1'
            with service.sign_in(new['token']) as peer:
                assert apps_of(peer) == apps
            with service.sign_in(consented['SAMPLE3'], 70501) as peer:
                assert apps_of(peer).keys() == others.keys()
            with service.connect() as peer:
                peer.error({'authorize': consented['SAMPLE3']}, 'InvalidToken',
                           'Token is not valid for current app ID.')


@test
def ages_stand_still():
    """What was used two hours ago at the first start isn't used again by the second."""
    with Folder() as folder:
        with folder.serve() as service, service.sign_in() as peer:
            tokens = tokens_of(peer)
            created = peer.ok({'authorize': service.token}, 'authorize')['account_list']
        state = folder.read()
        with folder.serve() as service, service.sign_in() as peer:
            assert tokens_of(peer)['Grid bot'] == tokens['Grid bot']
            assert peer.ok({'authorize': service.token}, 'authorize')['account_list'] == created
        assert folder.read()['start'] == state['start']
        # As if all that had been a day earlier.
        state['start'] -= 86400
        folder.path.write_text(json.dumps(state), encoding='utf-8')
        with folder.serve() as service, service.sign_in() as peer:
            accounts = peer.ok({'authorize': service.token}, 'authorize')['account_list']
            assert [account['created_at'] for account in accounts] == [
                account['created_at'] - 86400 for account in created]
        assert folder.read()['start'] == state['start']


@test
def same_history():
    """What was traded before is made anew from the time of the first start."""
    with Folder() as folder:
        reports = []
        for _ in range(2):
            with folder.serve('--trades=50') as service, service.sign_in() as peer:
                reports.append([peer.ask({'statement': 1, 'limit': 999})['statement'],
                                peer.ask({'profit_table': 1, 'limit': 500})['profit_table'],
                                peer.ask({'portfolio': 1})['portfolio']])
        assert reports[0] == reports[1]
        assert reports[0][0]['count'] > 50


@test
def own_token_deleted():
    """The token that was handed out is the same afterwards, and still deleted."""
    with Folder() as folder:
        with folder.serve() as service, service.sign_in() as peer:
            token = service.token
            tokens_of(peer, {'delete_token': tokens_of(peer)['Token Manager']['token']})
        for _ in range(2):
            with folder.serve() as service, service.connect() as peer:
                assert service.token == token
                peer.error({'authorize': token}, 'InvalidToken', 'The token is invalid.')


@test
def consent_kept():
    """What the owner said in the browser is kept before the app hears of it."""
    with Folder() as folder:
        with folder.serve() as service:
            tokens = service.let_in(70501)
            service.process.kill()
            service.process.wait()
        with folder.serve() as service:
            for token in tokens.values():
                with service.sign_in(token, 70501) as peer:
                    assert 70501 in apps_of(peer)


@test
def private():
    with Folder() as folder:
        os.umask(0o022)
        with folder.serve():
            assert stat.S_IMODE(folder.path.stat().st_mode) == 0o600
        folder.path.chmod(0o644)
        with folder.serve():
            assert stat.S_IMODE(folder.path.stat().st_mode) == 0o600
        assert 'Keep it to yourself' in folder.read()['private']


@test
def only_changes_are_written():
    with Folder() as folder, folder.serve() as service, service.sign_in() as peer:
        before = folder.path.stat().st_mtime_ns
        peer.ok({'ping': 1}, 'ping')
        tokens_of(peer)
        apps_of(peer)
        peer.ok({'login_history': 1}, 'login_history')
        peer.ok({'revoke_oauth_app': 1}, 'revoke_oauth_app')
        peer.error({'authorize': 'nobody'}, 'InvalidToken')
        assert folder.path.stat().st_mtime_ns == before
        assert not [name for name in os.listdir(folder.folder.name) if name != 'state']


@test
def killed_at_any_moment():
    """Whatever was answered is kept, however the process ends, and nothing is half done."""
    dice = random.Random(7)
    with Folder() as folder:
        wanted = None
        for turn in range(12):
            with folder.serve('--no-limits') as service:
                peer = service.sign_in()
                names = set(tokens_of(peer))
                assert wanted is None or names in wanted, (names, wanted)
                apps = set(apps_of(peer))
                for step in range(dice.randrange(1, 12)):
                    name = f'Bot {turn} {step}'
                    spare = [n for n in names if n.startswith('Bot')]
                    request = {'api_token': 1, 'new_token': name, 'new_token_scopes': ['read']}
                    if len(spare) > 3:
                        gone = dice.choice(sorted(spare))
                        request['delete_token'] = tokens_of(peer)[gone]['token']
                        names = names - {gone}
                    peer.ok(request, 'api_token')
                    names = names | {name}
                # The last one is on its way when the end comes, or was done, or wasn't.
                peer.send({'api_token': 1, 'new_token': f'Last {turn}', 'new_token_scopes': []})
                service.process.send_signal(signal.SIGKILL)
                wanted = [names, names | {f'Last {turn}'}]
                try:
                    while 'api_token' in peer.read():
                        wanted = wanted[1:]
                except Closed:
                    pass
                service.process.wait()
                assert len(apps) == 12


@test
def not_destroyed():
    """What isn't ours, or not any more, is refused with a sentence, and left as it is."""
    with Folder() as folder:
        with folder.serve():
            pass
        good = folder.path.read_bytes()
        state = json.loads(good)
        dice = random.Random(3)
        bad = [b'', b'\0', b'{}', b'[]', b'null', b'x' * 1000, b'[' * 100000, good[:-1],
               good[:len(good) // 2], good + b'}', good.replace(b'"secret"', b'"secrets"', 1),
               good.replace(b'SAMPLE1', b'SAMPLE9'), good.replace(b'"version":1', b'"version":2'),
               good.replace(b'"read"', b'"god"', 1), good.replace(b'"read"', b'7', 1)]
        for name in state:
            if name != 'private':
                bad += [json.dumps({k: v for k, v in state.items() if k != name}).encode(),
                        json.dumps({**state, name: None}).encode(),
                        json.dumps({**state, name: [[]]}).encode()]
        account = state['accounts'][0]
        for name in account:
            broken = [{**account, name: {}}, *state['accounts'][1:]]
            bad.append(json.dumps({**state, 'accounts': broken}).encode())
        bad.append(json.dumps({**state, 'accounts': [account, account,
                                                     state['accounts'][1]]}).encode())
        for data in bad:
            folder.path.write_bytes(data)
            folder.path.chmod(0o640)
            try:
                status, out, err = run(f'--state={folder.path}')
            except subprocess.TimeoutExpired as expired:
                raise AssertionError(f'taken: {data[:60]}') from expired
            assert status == 1, (data[:60], status, err)
            assert out == '' and err.count('\n') == 1 and str(folder.path) in err, err
            assert folder.path.read_bytes() == data
            assert stat.S_IMODE(folder.path.stat().st_mode) == 0o640
        # Noise never brings it down.
        for _ in range(30):
            data = bytearray(good)
            for _ in range(dice.randrange(1, 4)):
                at = dice.randrange(len(data))
                data[at:at + dice.randrange(3)] = bytes(dice.choices(b'{}[]",:\\0e\xff', k=2))
            folder.path.write_bytes(data)
            try:
                with folder.serve() as service:
                    service.assert_serves()
                    assert service.stop() == (0, '', '')
            except AttributeError:      # no address was printed: it was refused
                assert folder.path.read_bytes() == bytes(data)
        folder.path.write_bytes(good)
        with folder.serve() as service:
            service.assert_serves()


@test
def no_file_to_be_had():
    with Folder() as folder:
        for path in (folder.folder.name, f'{folder.path}/x/y', '/dev/null', '/proc/none'):
            status, out, err = run(f'--state={path}')
            assert status == 1 and out == '', (path, status, out)
            assert err.count('\n') == 1 and path in err, err
        os.mkfifo(folder.path)
        status, out, err = run(f'--state={folder.path}')
        assert status == 1 and out == '' and str(folder.path) in err, (status, out, err)


@test
def cannot_keep():
    """What can't be kept is answered with an error, and the service says so and ends."""
    with tempfile.TemporaryDirectory() as above:
        path = pathlib.Path(above) / 'folder' / 'state'
        path.parent.mkdir()
        with Service(f'--state={path}') as service, service.sign_in() as peer:
            path.unlink()
            path.parent.rmdir()
            peer.error({'api_token': 1, 'new_token': 'New bot', 'new_token_scopes': []},
                       'InternalServerError', None, 'api_token')
            assert service.process.wait() == 1
            status, out, err = service.stop()
            assert (status, out) == (1, '') and err.count('\n') == 1 and str(path) in err, err


@test
def written_by_another():
    """Of two services on one file the second change is not made on top of the first."""
    change = {'api_token': 1, 'new_token': 'New bot', 'new_token_scopes': []}
    with Folder() as folder:
        with folder.serve():
            pass
        with folder.serve() as first, folder.serve() as second:
            # Each start keeps the state: the later one has it.
            with second.sign_in() as peer:
                peer.ok(change, 'api_token')
            kept = folder.path.read_bytes()
            with first.connect() as peer:
                peer.error({'authorize': first.token}, 'InternalServerError')
            assert first.process.wait() == 1
            assert folder.path.read_bytes() == kept
            _, out, err = first.stop()
            assert out == '' and err.count('\n') == 1 and str(folder.path) in err, err
            with second.sign_in() as peer:
                assert 'New bot' in tokens_of(peer)
            # Whoever takes it away has it made anew.
            folder.path.unlink()
            with second.sign_in() as peer:
                assert 'New bot' in tokens_of(peer)
            assert folder.read()['version'] == 1


@test
def many_kept():
    with Folder() as folder:
        with folder.serve('--tokens=7500', '--apps=300') as service, service.sign_in() as peer:
            peer.max_answer = 1024 * 1024
            names = set(tokens_of(peer))
        with folder.serve() as service, service.sign_in() as peer:
            peer.max_answer = 1024 * 1024
            assert set(tokens_of(peer)) == names and len(names) == 7500
            assert len(apps_of(peer)) == 312


# The log.

def read_log(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text('utf-8').splitlines()]


MEMBERS = ['time', 'connection', 'login_id', 'call', 'req_id', 'app_id', 'outcome', 'fault']


@test
def log():
    with Folder() as folder:
        path = f'{folder.path}.log'
        with Service(f'--log={path}') as service:
            with service.connect() as peer, service.connect() as other:
                peer.error({'api_token': 1, 'req_id': 5}, 'AuthorizationRequired')
                peer.ok({'authorize': service.token, 'req_id': 6}, 'authorize')
                made = tokens_of(peer, {'new_token': 'New bot'})['New bot']
                # Whoever has an answer finds the line.
                assert read_log(path)[-1]['call'] == 'api_token'
                peer.ok({'revoke_oauth_app': 9007199254740993, 'req_id': '8'}, 'revoke_oauth_app')
                peer.error({'nonsense': 1, 'req_id': 9}, 'UnrecognisedRequest')
                peer.ok({'logout': 1}, 'logout')
                other.ok({'ping': 1}, 'ping')
                other.error({'authorize': 'wrong-secret'}, 'InvalidToken')
                other.send('nonsense')
                other.closes(1005)
        lines = read_log(path)
        assert all(list(line) == MEMBERS for line in lines), lines
        assert [tuple(line[name] for name in MEMBERS[1:-1]) for line in lines] == [
            (1, None, 'api_token', 5, None, 'AuthorizationRequired'),
            (1, 'SAMPLE1', 'authorize', 6, None, 'done'),
            (1, 'SAMPLE1', 'api_token', None, None, 'done'),
            (1, 'SAMPLE1', 'revoke_oauth_app', 8, 9007199254740993, 'done'),
            (1, 'SAMPLE1', None, 9, None, 'UnrecognisedRequest'),
            (1, 'SAMPLE1', 'logout', None, None, 'done'),
            (2, None, 'ping', None, None, 'done'),
            (2, None, 'authorize', None, None, 'InvalidToken'),
            (2, None, None, None, None, 'closed')]
        for line in lines:
            assert re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z', line['time']), line
        times = [line['time'] for line in lines]
        assert times == sorted(times)
        text = pathlib.Path(path).read_text('utf-8')
        for secret in (service.token, made['token'], 'New bot', '***', 'wrong-secret'):
            assert secret not in text, secret
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
        # Another run writes on.
        with Service(f'--log={path}') as service, service.connect() as peer:
            peer.ok({'ping': 1}, 'ping')
        assert len(read_log(path)) == len(lines) + 1


@test
def log_to_standard_error():
    with Service('--log') as service, service.sign_in() as peer:
        peer.ok({'ping': 1}, 'ping')
        status, out, err = service.stop()
        assert (status, out) == (0, '')
        assert [json.loads(line)['call'] for line in err.splitlines()] == ['authorize', 'ping']
    status, out, err = run('--log=/proc/none/log')
    assert status == 1 and out == '' and err.count('\n') == 1, (status, out, err)


if __name__ == '__main__':
    sys.exit(main())
