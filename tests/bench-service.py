#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast token-manager-demo answers, and whether it grows.

Takes the path of the program, and prints figures; fails if the service has grown by more than a
tenth between the first and the last of many calls, connections or changes.
"""

import json
import statistics
import sys
import time

sys.dont_write_bytecode = True

# pylint: disable=wrong-import-position
from wire_peer import Service, make_frame

BATCH = 500
FEW, MANY = 1000, 100000
PEERS = 100
MAX_GROWTH = 0.1


def ask_many(peer, request, count):
    frame = make_frame(json.dumps(request))
    for _ in range(count // BATCH):
        peer.send_raw(frame * BATCH)
        for _ in range(BATCH):
            assert 'error' not in peer.read()


def ping(service, count):
    with service.connect() as peer:
        ask_many(peer, {'ping': 1, 'req_id': 1}, count)


def list_all(service, count):
    with service.sign_in() as peer:
        for name in ('api_token', 'oauth_apps', 'login_history', 'website_status', 'statement'):
            ask_many(peer, {name: 1}, count // 5)


def refuse(service, count):
    with service.connect() as peer:
        for _ in range(count // BATCH):
            peer.send_raw(make_frame('{"api_token":1,"new_token":"a-b","passthrough":{"a":[]}}')
                          * BATCH)
            for _ in range(BATCH):
                assert 'error' in peer.read()


def create_and_delete(service, count):
    with service.sign_in() as peer:
        for _ in range(count // 2):
            rows = peer.ask({'api_token': 1, 'new_token': 'Passing',
                             'new_token_scopes': ['read']})['api_token']['tokens']
            made = next(row for row in rows if row['display_name'] == 'Passing')
            peer.ask({'api_token': 1, 'delete_token': made['token']})


def come_and_go(service, count):
    for _ in range(count):
        with service.sign_in() as peer:
            peer.ask({'website_status': 1, 'subscribe': 1})


def grow(name, work, few, many):
    """The sizes after a few and after many of them; whether what nobody shares has stayed."""
    with Service('--no-limits') as service:
        work(service, few)
        first, own_first = service.memory()
        start = time.monotonic()
        work(service, many - few)
        seconds = time.monotonic() - start
        last, own_last = service.memory()
    print(f'{name}: {first} KiB after {few}, {last} KiB after {many} '
          f'({last / first - 1:+.1%}, own memory {own_last - own_first:+} KiB), '
          f'{(many - few) / seconds:.0f} a second')
    return own_last - own_first <= MAX_GROWTH * first


def many_at_once():
    with Service('--no-limits') as service:
        before = service.memory()[1]
        start = time.monotonic()
        peers = [service.sign_in() for _ in range(PEERS)]
        connected = time.monotonic() - start
        held = service.memory()[1]
        times = []
        for _ in range(10):
            start = time.monotonic()
            for peer in peers:
                peer.send({'oauth_apps': 1})
            for peer in peers:
                peer.read()
                times.append(time.monotonic() - start)
    print(f'{PEERS} connections: signed in within {connected * 1000:.0f} ms, '
          f'{(held - before) / PEERS:.0f} KiB each; lists to all at once, the median within '
          f'{statistics.median(times) * 1000:.1f} ms, the last within {max(times) * 1000:.1f} ms')


def main():
    many_at_once()
    steady = [grow('pings', ping, FEW, MANY), grow('lists', list_all, 2500, 25000),
              grow('refusals', refuse, FEW, MANY),
              grow('changes', create_and_delete, FEW, 10 * FEW),
              grow('connections', come_and_go, 100, 2000)]
    return 0 if all(steady) else 1


if __name__ == '__main__':
    sys.exit(main())
