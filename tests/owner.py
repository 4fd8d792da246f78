# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The owner of the accounts at a service, who does there what isn't done with this program."""

import re

from browser import let_in
from peer import Client

APP_ID = "70001"


class Owner:
    """The owner of the accounts at a service, who can do there what has to be done elsewhere."""

    def __init__(self, demo):
        self.url = re.sub("app_id=[0-9]+", f"app_id={APP_ID}", demo.url)
        self.clients = {login: Client(self.url, token)
                        for login, token in let_in(demo.url, APP_ID).items()}

    def create(self, login, name, *scopes):
        """Creates a token; returns its secret."""
        answer = self.clients[login].call(api_token=1, new_token=name, new_token_scopes=scopes)
        return next(token["token"] for token in answer["tokens"] if token["display_name"] == name)

    def delete(self, login, name):
        client = self.clients[login]
        value = next(token["token"] for token in client.call(api_token=1)["tokens"]
                     if token["display_name"] == name)
        client.call(api_token=1, delete_token=value)

    def close(self):
        for client in self.clients.values():
            client.close()
