#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What token-manager-demo says of trades: the shapes on the wire, and that three calls tell the same
story.

Shares nothing with it but PROTOCOL. Takes the path of the program, and prints TAP.
"""

import sys
import time
from decimal import Decimal

sys.dont_write_bytecode = True

# pylint: disable=wrong-import-position
from wire_peer import (ANSWERS, INTEGER, NUMBER, Maybe, Service, Some, apps_of, main, run, test,
                       tokens_of)

DAY = 24 * 60 * 60
LOGIN = Some({'loginid': str})
ROW = {'action_type': {'buy', 'sell', 'deposit', 'withdrawal', 'hold', 'release', 'adjustment',
                       'virtual_credit', 'transfer'},
       'amount': NUMBER, 'app_id': Maybe(INTEGER), 'balance_after': NUMBER,
       'contract_id': Maybe(INTEGER),
       'fees': Some({'amount': NUMBER, 'currency': str, 'minimum': NUMBER, 'percentage': NUMBER}),
       'from': LOGIN, 'longcode': str, 'payout': Maybe(NUMBER), 'purchase_time': INTEGER,
       'reference_id': Maybe(INTEGER), 'shortcode': Maybe(str), 'to': LOGIN,
       'transaction_id': INTEGER, 'transaction_time': INTEGER, 'withdrawal_details': str}
CLOSED = {'app_id': Maybe(INTEGER), 'buy_price': NUMBER, 'contract_id': Maybe(INTEGER),
          'contract_type': str, 'deal_cancellation_duration': str, 'duration_type': Maybe(str),
          'growth_rate': str, 'longcode': str, 'multiplier': str, 'payout': NUMBER,
          'purchase_time': INTEGER, 'sell_price': NUMBER, 'sell_time': Maybe(INTEGER),
          'shortcode': str, 'transaction_id': INTEGER, 'underlying_symbol': str}
OPEN = {'app_id': Maybe(INTEGER), 'buy_price': NUMBER, 'contract_id': INTEGER,
        'contract_type': str, 'currency': str, 'date_start': INTEGER, 'expiry_time': INTEGER,
        'longcode': str, 'payout': NUMBER, 'purchase_time': INTEGER, 'shortcode': str,
        'symbol': str, 'transaction_id': INTEGER}
SHAPES = {
    'statement': Some({'count': NUMBER, 'transactions': [Some(ROW)]}),
    'profit_table': Some({'count': NUMBER, 'transactions': [Some(CLOSED)]}),
    'portfolio': {'contracts': [Some(OPEN)]},
}
ANSWERS.update(SHAPES)
DESCRIBED = {'statement': {'longcode', 'shortcode'},
             'profit_table': {'contract_type', 'duration_type', 'longcode', 'shortcode',
                              'underlying_symbol'}}


def ask(peer, call, **arguments):
    data = peer.ok({call: 1, **arguments}, call)
    if call == 'portfolio':
        return data['contracts']
    assert data['count'] == len(data['transactions'])
    return data['transactions']


def read_all(peer, call, limit, **arguments):
    rows = []
    while True:
        page = ask(peer, call, limit=limit, offset=len(rows), **arguments)
        rows += page
        if len(page) < limit:
            return rows


def exact(number):
    return Decimal(repr(number))


def check_agreement(peer, balance):
    """What the three calls say of one account, which must be the same."""
    statement = read_all(peer, 'statement', 999)
    closed = read_all(peer, 'profit_table', 500)
    opened = ask(peer, 'portfolio')
    buys = {row['contract_id']: row for row in statement if row['action_type'] == 'buy'}
    sells = {row['contract_id']: row for row in statement if row['action_type'] == 'sell'}

    assert len({row['transaction_id'] for row in statement}) == len(statement)
    assert len(buys) + len(sells) == sum(r['action_type'] in ('buy', 'sell') for r in statement)
    assert buys.keys() == ({row['contract_id'] for row in closed}
                           | {row['contract_id'] for row in opened})
    assert sells.keys() == {row['contract_id'] for row in closed}
    assert len(closed) + len(opened) == len(buys)
    for row in closed:
        buy, sell = buys[row['contract_id']], sells[row['contract_id']]
        assert row['transaction_id'] == buy['transaction_id'] == sell['reference_id']
        assert exact(row['buy_price']) == -exact(buy['amount'])
        assert exact(row['sell_price']) == exact(sell['amount']) >= 0
        assert row['purchase_time'] == buy['transaction_time'] == sell['purchase_time']
        assert row['sell_time'] == sell['transaction_time'] > row['purchase_time']
        assert row['app_id'] == buy['app_id'] == sell['app_id']
        assert row['payout'] == (buy['payout'] or 0)
    for row in opened:
        buy = buys[row['contract_id']]
        assert row['transaction_id'] == buy['transaction_id']
        assert exact(row['buy_price']) == -exact(buy['amount'])
        assert row['purchase_time'] == buy['transaction_time'] == row['date_start']
        assert row['expiry_time'] > time.time() and row['app_id'] == buy['app_id']

    after = balance
    for row in statement:
        assert exact(row['balance_after']) == exact(after) >= 0, row
        after = float(exact(after) - exact(row['amount']))
        assert row['transaction_time'] <= time.time()
    times = [(row['transaction_time'], row['transaction_id']) for row in statement]
    assert times == sorted(times, reverse=True)
    times = [row['purchase_time'] for row in closed]
    assert times == sorted(times, reverse=True)
    return statement, closed, opened


@test
def three_calls_agree():
    with Service('--no-limits') as service:
        tokens = service.let_in(5)
        transfers = []
        for login in ('SAMPLE1', 'SAMPLE2', 'SAMPLE3'):
            with service.connect('/websockets/v3?app_id=5') as peer:
                balance = peer.ok({'authorize': tokens[login]}, 'authorize')['balance']
                rows, closed, opened = check_agreement(peer, balance)
                transfers += [(r['transaction_time'], r['from'], r['to']) for r in rows
                              if r['action_type'] == 'transfer']
                # Without a currency nobody trades.
                assert bool(rows) == bool(closed) == bool(opened) == (login != 'SAMPLE3')
        assert len(transfers) == 2 and transfers[0] == transfers[1], transfers


@test
def apps_that_trade():
    """Who traded may do so, or is no app that is listed; and nobody did after the last use."""
    with Service('--no-limits') as service:
        with service.sign_in() as peer:
            apps = apps_of(peer)
            rows = ask(peer, 'statement', action_type='buy', limit=999)
            ids = {row['app_id'] for row in rows}
            unlisted = ids - apps.keys() - {None}
            assert None in ids and len(unlisted) == 1, unlisted
            token = tokens_of(peer)['Grid bot']
            used = {id: app['last_used'] for id, app in apps.items() if id in ids}
            used[unlisted.pop()] = token['last_used']
            for id, app in apps.items():
                if id in ids:
                    assert 'trade' in app['scopes'], app
            for row in rows:
                when = time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime(row['transaction_time']))
                assert row['app_id'] is None or when <= used[row['app_id']], row
            assert {70101, 70107, 70115, 70128, 70149} <= ids
            assert not {70152, 70166} & ids


@test
def six_thousand_trades():
    with Service('--no-limits', '--trades=6000') as service:
        with service.connect() as peer:
            balance = peer.ok({'authorize': service.token}, 'authorize')['balance']
            statement, closed, _ = check_agreement(peer, balance)
            assert len(closed) > 6000 and len(statement) > 12000
            for limit in (1, 7, 499, 500):
                for offset in (0, 1, 499, 5999, len(closed) - 3, len(closed), 10 ** 12):
                    assert (ask(peer, 'profit_table', limit=limit, offset=offset)
                            == closed[offset:offset + limit])
            assert ask(peer, 'statement', limit=999, offset=9990) == statement[9990:10989]
            assert ask(peer, 'statement', limit=0) == ask(peer, 'profit_table', limit=0) == []
            assert len(ask(peer, 'statement')) == 100
            assert len(ask(peer, 'profit_table')) == 50
            # The longest answers are not too long.
            assert len(ask(peer, 'statement', limit=999, description=1)) == 999
            assert len(ask(peer, 'profit_table', limit=500, description=1)) == 500
        assert service.stop() == (0, '', '')


@test
def picked():
    with Service('--no-limits') as service, service.sign_in() as peer:
        statement = ask(peer, 'statement', limit=999)
        closed = ask(peer, 'profit_table', limit=500)
        opened = ask(peer, 'portfolio')
        now = int(time.time())
        # Both ends belong to it.
        times = [row['transaction_time'] for row in statement if row['action_type'] == 'buy']
        from_, to = times[200], times[20]
        for action in ('buy', 'sell', 'deposit', 'withdrawal', 'escrow', 'adjustment',
                       'virtual_credit', 'transfer'):
            assert (ask(peer, 'statement', limit=999, action_type=action)
                    == [row for row in statement if row['action_type'] == action])
        assert (ask(peer, 'statement', limit=999, date_from=from_, date_to=str(to))
                == [row for row in statement if from_ <= row['transaction_time'] <= to])
        assert (ask(peer, 'profit_table', limit=500, date_from=str(from_), date_to=to)
                == [row for row in closed if from_ <= row['purchase_time'] <= to])
        day = now // DAY * DAY - 8 * DAY
        for format in ('%Y-%m-%d', '%Y-%-m-%-d'):
            text = time.strftime(format, time.gmtime(day))
            rows = [row for row in closed if day <= row['purchase_time'] < day + DAY]
            assert rows
            assert ask(peer, 'profit_table', date_from=text, date_to=text) == rows[:50]
        assert ask(peer, 'profit_table', limit=500, sort='ASC') == closed[::-1]
        assert ask(peer, 'profit_table', limit=500, sort='DESC') == closed
        for call, rows in (('profit_table', closed), ('portfolio', opened)):
            arguments = {'limit': 500, 'description': 1} if call == 'profit_table' else {}
            described = ask(peer, call, **arguments)
            for types in ([], ['CALL'], ['MULTUP', 'PUT'], ['ACCU'], ['ONETOUCH']):
                wanted = [row for row in described if not types or row['contract_type'] in types]
                assert ask(peer, call, contract_type=types, **arguments) == wanted
        for call, names in DESCRIBED.items():
            for row in ask(peer, call, limit=200):
                assert not names & row.keys()
            for row in ask(peer, call, limit=200, description=1):
                assert names <= row.keys()


@test
def badly_asked():
    with Service('--no-limits') as service, service.sign_in() as peer:
        for request in ({'statement': 2}, {'statement': 1, 'limit': 1000},
                        {'statement': 1, 'limit': -1}, {'statement': 1, 'offset': -1},
                        {'statement': 1, 'offset': 1.5}, {'statement': 1, 'date_from': '2020-01-01'},
                        {'statement': 1, 'date_to': 10000000000}, {'statement': 1, 'sort': 'ASC'},
                        {'statement': 1, 'action_type': 'hold'},
                        {'statement': 1, 'description': 2}, {'statement': 1, 'nonsense': 1},
                        {'profit_table': 1, 'limit': 501}, {'profit_table': 1, 'sort': 'UP'},
                        {'profit_table': 1, 'date_from': '2020-13-01'},
                        {'profit_table': 1, 'date_from': '20200101121'},
                        {'profit_table': 1, 'date_from': '2021-02-30'},
                        {'profit_table': 1, 'date_to': 'now'}, {'profit_table': 1, 'date_to': -1},
                        {'profit_table': 1, 'contract_type': ['CALL', 'CALL']},
                        {'profit_table': 1, 'contract_type': 'CALL'},
                        {'portfolio': 1, 'contract_type': ['NOPE']}, {'portfolio': 1, 'limit': 5},
                        {'portfolio': 0}):
            peer.error(request, 'InputValidationFailed')
        assert ask(peer, 'statement', limit=2.5) == ask(peer, 'statement', limit=2)


@test
def who_may():
    with Service('--no-limits') as service, service.sign_in() as peer:
        for scope in ('read', 'trade', 'trading_information', 'payments', 'admin'):
            made = tokens_of(peer, {'new_token': scope, 'new_token_scopes': [scope]})[scope]
            with service.sign_in(made['token']) as limited:
                for call in SHAPES:
                    if scope in ('read', 'trading_information'):
                        assert ask(limited, call)
                    else:
                        limited.error({call: 1}, 'PermissionDenied')
        for call in SHAPES:
            with service.connect() as stranger:
                stranger.error({call: 1}, 'AuthorizationRequired')


@test
def same_every_time():
    """Another start tells the same, but for the time."""
    seen = []
    for _ in range(2):
        with Service('--no-limits', '--trades=50') as service, service.sign_in() as peer:
            seen.append([(row['contract_id'], row['app_id'], row['amount'], row['balance_after'])
                         for row in read_all(peer, 'statement', 999)])
    assert seen[0] == seen[1]


@test
def bad_options():
    for option in ('--trades=-1', '--trades=x', '--trades=100001', '--trades='):
        status, out, err = run(option)
        assert (status, out) == (2, ''), (option, status)
        assert err.count('\n') == 1, err
    assert '--trades' in run('--help')[1]


if __name__ == '__main__':
    sys.exit(main())
