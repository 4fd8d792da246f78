# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The owner of the accounts at a service, who does there what isn't done with this program."""

import re

from browser import let_in
from peer import Client

# What the program calls itself there, and what its owner's other program does.
APP_ID = "70001"
OTHER_APP_ID = "70002"


class Owner:
    """The owner of the accounts at a service, who can do there what has to be done elsewhere."""

    def __init__(self, demo):
        self.url = re.sub("app_id=[0-9]+", f"app_id={OTHER_APP_ID}", demo.url)
        self.clients = {login: Client(self.url, token)
                        for login, token in let_in(demo.url, OTHER_APP_ID).items()}

    def create(self, login, name, *scopes):
        """Creates a token; returns its secret."""
        answer = self.clients[login].call(api_token=1, new_token=name, new_token_scopes=scopes)
        return next(token["token"] for token in answer["tokens"] if token["display_name"] == name)

    def can_sign_in(self, secret, app_id=APP_ID):
        """Whether the service lets a program in with it."""
        try:
            Client(re.sub("app_id=[0-9]+", f"app_id={app_id}", self.url), secret).close()
        except AssertionError:
            return False
        return True

    def log_out(self, token, app_id=APP_ID):
        """Ends the sign-in that brought that token."""
        client = Client(re.sub("app_id=[0-9]+", f"app_id={app_id}", self.url), token)
        client.call(logout=1)
        client.close()

    def list_tokens(self, login):
        """The names of the tokens of that account, as the service has them."""
        return self.clients[login].list_tokens()

    def delete(self, login, name):
        client = self.clients[login]
        value = next(token["token"] for token in client.call(api_token=1)["tokens"]
                     if token["display_name"] == name)
        client.call(api_token=1, delete_token=value)

    def delete_by_secret(self, login, secret):
        """The same for a service that lists whole tokens."""
        self.clients[login].call(api_token=1, delete_token=secret)

    def close(self):
        for client in self.clients.values():
            client.close()
