#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An owner with several accounts before token-manager-demo: its pages in a browser, and what comes
of them.

Shares nothing with it but PROTOCOL. Takes the path of the program, and prints TAP.
"""

import re
import sys
import time

sys.dont_write_bytecode = True

# pylint: disable=wrong-import-position
from wire_peer import BACK, CONSENT, Service, apps_of, main, test, tokens_of

TOKEN = 'a1-[A-Za-z0-9]{29}'
ALLOWED = (rf'{re.escape(BACK)}\?acct1=SAMPLE1&token1={TOKEN}&cur1=USD'
           rf'&acct2=SAMPLE2&token2={TOKEN}&cur2=BTC&acct3=SAMPLE3&token3={TOKEN}&state=')


@test
def pages():
    """What a browser is shown, and what not."""
    bad = '{"error":"InvalidAppID"}'
    with Service() as service:
        for path, wanted, text in (
                (CONSENT + '?app_id=5', 200, 'App 5'),
                (CONSENT + '?app_id=5&l=PT&brand=deriv&state=x&redirect_uri=x', 200, 'App 5'),
                (CONSENT + '?app_id=70199', 200, 'Win &lt;b&gt;Free&lt;/b&gt;'),
                (CONSENT, 401, bad), (CONSENT + '?', 401, bad), (CONSENT + '?app_id=', 401, bad),
                (CONSENT + '?app_id=0', 401, bad), (CONSENT + '?app_id=5x', 401, bad),
                (CONSENT + '?app_id=%22%3E%3Cscript%3E', 401, bad),
                (CONSENT + '?app_id=-5', 401, bad),
                (CONSENT + '?app_id=403', 403, '{"error":"AccessRestricted"}'),
                (CONSENT + '?app_id=404', 404, 'is not known'),
                (CONSENT + '?app_id=9999999999999999999', 404, 'is not known'),
                (CONSENT + '/', 404, 'NotFound'), ('/oauth2', 404, 'NotFound'),
                (CONSENT + '/answer', 400, 'Begin again'),
                (CONSENT + '/answer?answer=allow', 400, 'Begin again'),
                (CONSENT + '/answer?request=x&answer=allow', 400, 'Begin again'),
                ('/account/api-token', 200, 'prints a token')):
            status, headers, body = service.get(path)
            assert (status, text in body) == (wanted, True), (path, status, body)
            assert body == text or not text.startswith('{'), body
            assert 'location' not in headers
            assert service.token not in body and 'script' not in body and '<b>Free' not in body
            if headers['content-type'].startswith('text/html'):
                assert headers['content-type'] == 'text/html; charset=utf-8'
                assert headers['cache-control'] == 'no-store'
                assert headers['referrer-policy'] == 'no-referrer'
                assert "default-src 'none'" in headers['content-security-policy']
                assert "frame-ancestors 'none'" in headers['content-security-policy']
                assert 'Nothing in it is real' in body
            if wanted in (200, 400):
                for method in ('HEAD', 'POST', 'PUT', 'OPTIONS'):
                    assert service.get(path, method)[0] == 405, (path, method)
                assert service.get(path, host='evil.example')[0] == 403, path
        assert service.stop() == (0, '', '')


@test
def consent():
    with Service() as service, service.sign_in() as peer:
        before = apps_of(peer)
        for state, escaped in (('abc', 'abc'), ('a&b=c#d', 'a%26b%3Dc%23d'), ('', ''),
                               ('ä "', '%C3%A4%20%22'), ('\r\nX: y', '%0D%0AX%3A%20y')):
            status, headers, body = service.answer(service.ask_owner(5, state), 'deny')
            assert (status, body) == (302, '')
            assert headers['location'] == f'{BACK}#error=scope_denied&state={escaped}'
            assert 'x' not in headers
            assert apps_of(peer).keys() == before.keys() | ({5} if state != 'abc' else set())
            status, headers, body = service.answer(service.ask_owner(5, state), 'allow')
            assert (status, body) == (302, '')
            assert re.fullmatch(ALLOWED + escaped, headers['location']), headers['location']
        for word in ('allow', 'deny'):
            assert 'state' not in service.answer(service.ask_owner(6, None), word)[1]['location']
        app = apps_of(peer)[5]
        assert (app['name'], sorted(app['scopes'])) == ('App 5', ['admin', 'read'])
        assert (app['official'], app['app_markup_percentage']) == (0, 0)
        now = time.strftime('%Y-%m-%d %H:%M', time.gmtime(time.time() - 5))
        assert app['last_used'] >= now


@test
def one_answer():
    """A page is answered once; what is no answer, or no page, does nothing."""
    with Service() as service:
        request = service.ask_owner(5)
        for word in ('', 'Allow', 'yes', 'allow%20'):
            assert service.answer(request, word)[0] == 400, word
        assert service.answer(request[:-1], 'allow')[0] == 400
        assert service.answer(request, 'deny')[0] == 302
        for word in ('allow', 'deny'):
            assert service.answer(request, word)[0] == 400, word
        with service.sign_in() as peer:
            assert 5 not in apps_of(peer)
        ids = {service.ask_owner(5) for _ in range(50)}
        assert len(ids) == 50 and request not in ids


@test
def token_of_each_account():
    accounts = {'SAMPLE1': ('USD', 0, 6, 12), 'SAMPLE2': ('BTC', 0, 4, 5), 'SAMPLE3': ('', 1, 3, 4)}
    with Service() as service:
        tokens = service.let_in(5)
        assert tokens.keys() == accounts.keys()
        seen = set()
        lists = []
        for login, (currency, is_virtual, n_tokens, n_apps) in accounts.items():
            with service.connect() as stranger:
                stranger.error({'authorize': tokens[login]}, 'InvalidToken',
                               'Token is not valid for current app ID.', 'authorize')
                stranger.error({'oauth_apps': 1}, 'AuthorizationRequired')
            with service.connect('/websockets/v3?app_id=5') as peer:
                owner = peer.ok({'authorize': tokens[login]}, 'authorize')
                assert (owner['loginid'], owner['currency'], owner['is_virtual']) == (
                    login, currency, is_virtual)
                assert sorted(owner['scopes']) == ['admin', 'read']
                listed = {row['loginid']: row for row in owner['account_list']}
                assert listed.keys() == accounts.keys()
                assert listed[login]['currency'] == currency
                assert listed[login]['is_virtual'] == is_virtual
                lists.append({k: (v['currency'], v['is_virtual']) for k, v in listed.items()})
                names = tokens_of(peer).keys()
                assert len(names) == n_tokens and not names & seen, names
                seen |= names
                assert len(apps_of(peer)) == n_apps + 1
                peer.ok({'oauth_apps': 1, 'loginid': login}, 'oauth_apps')
                for other in accounts.keys() - {login}:
                    peer.error({'oauth_apps': 1, 'loginid': other}, 'AuthorizationRequired')
                assert peer.ok({'balance': 1}, 'balance')['loginid'] == login
                peer.error({'buy': 1}, 'PermissionDenied')
                made = tokens_of(peer, {'new_token': 'Common name', 'new_token_scopes': []})
                assert len(made) == n_tokens + 1
        assert lists[0] == lists[1] == lists[2]
        assert not any(token in str(seen) for token in tokens.values())


@test
def limits_of_each_account():
    with Service() as service:
        tokens = service.let_in(5)
        for login, token in tokens.items():
            with service.sign_in(token, 5) as peer, service.sign_in(token, 5) as other:
                for number in range(180):
                    (peer, other)[number % 2].ok({'oauth_apps': 1}, 'oauth_apps')
                other.error({'oauth_apps': 1}, 'RateLimit')
                peer.ok({'ping': 1}, 'ping')
    with Service('--no-limits') as service, service.sign_in() as first:
        with service.sign_in(service.let_in(5)['SAMPLE2'], 5) as peer:
            for number in range(len(tokens_of(peer)), 30):
                tokens_of(peer, {'new_token': f'Bot {number}', 'new_token_scopes': ['read']})
            peer.error({'api_token': 1, 'new_token': 'Bot 31'}, 'APITokenError',
                       'Max 30 tokens are allowed.')
        assert len(tokens_of(first, {'new_token': 'Bot 31'})) == 7


@test
def logout_of_an_app():
    """It ends everything that this app has got, and nothing that another has."""
    with Service() as service, service.sign_in() as owner:
        tokens, later, others = service.let_in(5), service.let_in(5), service.let_in(6)
        n_rows = len(owner.ok({'login_history': 1, 'limit': 50}, 'login_history'))
        peers = [service.sign_in(token, 5) for token in (*tokens.values(), *later.values())]
        other = service.sign_in(others['SAMPLE1'], 6)
        assert peers[0].ok({'logout': 1}, 'logout') == 1
        peers[0].error({'oauth_apps': 1}, 'AuthorizationRequired')
        for peer in peers[1:]:
            peer.error({'oauth_apps': 1}, 'InvalidToken', 'The token is invalid.')
            peer.ok({'ping': 1}, 'ping')
        for token in (*tokens.values(), *later.values()):
            peers[0].error({'authorize': token}, 'InvalidToken', 'The token is invalid.')
        assert 5 in apps_of(other) and 5 in apps_of(owner)
        rows = owner.ok({'login_history': 1, 'limit': 50}, 'login_history')
        assert len(rows) == n_rows + 1 and rows[0]['action'] == 'logout'
        # An API token stays what it is, and leaves no trace.
        assert owner.ok({'logout': 1}, 'logout') == 1
        owner.ok({'authorize': service.token}, 'authorize')
        assert len(owner.ok({'login_history': 1, 'limit': 50}, 'login_history')) == n_rows + 1
        for peer in peers:
            peer.sock.close()
        service.sign_in(service.let_in(5)['SAMPLE3'], 5)


@test
def revoke_on_all_accounts():
    with Service() as service:
        tokens, others = service.let_in(5), service.let_in(6)
        peers = {login: service.sign_in(token, 5) for login, token in tokens.items()}
        seen = {login: service.sign_in(token, 6) for login, token in others.items()}
        shared = [70101, 70107]
        for peer in seen.values():
            assert apps_of(peer).keys() >= {5, 6, *shared}
        assert peers['SAMPLE3'].ok({'revoke_oauth_app': 70101}, 'revoke_oauth_app') == 1
        # Its own session ends, but not before the answer.
        assert peers['SAMPLE2'].ok({'revoke_oauth_app': 5}, 'revoke_oauth_app') == 1
        for login, peer in peers.items():
            peer.error({'oauth_apps': 1}, 'InvalidToken', 'The token is invalid.')
            peer.error({'authorize': tokens[login]}, 'InvalidToken', 'The token is invalid.')
        for peer in seen.values():
            assert not apps_of(peer).keys() & {5, 70101}
            assert apps_of(peer).keys() >= {6, 70107}


@test
def last_used_by_login():
    """Signing in with an app's token is a use of that app, in that account."""
    with Service() as service:
        tokens = service.let_in(70115)
        with service.connect('/websockets/v3?app_id=70115') as peer:
            peer.error({'authorize': tokens['SAMPLE1'], 'tokens': [tokens['SAMPLE2']]}, 'NotInDemo')
            with service.sign_in() as owner:
                former = apps_of(owner)[70115]['last_used']
                assert former < time.strftime('%Y-%m-%d', time.gmtime(time.time() - 10 * 86400))
                owner = peer.ok({'authorize': tokens['SAMPLE1']}, 'authorize')
                assert sorted(owner['scopes']) == ['read', 'trade']
            now = time.strftime('%Y-%m-%d %H:%M', time.gmtime(time.time() - 5))
            assert apps_of(peer)[70115]['last_used'] >= now
            assert apps_of(peer)[70115]['app_markup_percentage'] == 2


if __name__ == '__main__':
    sys.exit(main())
