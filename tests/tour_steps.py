# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scenes of tests/tour.py are made of: steps, each with a picture."""

import contextlib
import os

from dataclasses import dataclass, field

from accessible import BUTTON, LABEL, ROW, TAB
from driver import App, Failed, geometry, take_picture
from hands import expect

OUTPUT = "TOK_TOUR_OUTPUT"


@dataclass(frozen=True)
class Look:
    """How the program is to look: in words, in file names, variables, font, size of the window."""

    words: str = ""
    picture: str = ""
    env: dict = field(default_factory=dict)
    font: str = None
    width: int = 820
    height: int = 660

    @property
    def dialog_width(self):
        """How wide a dialog is above such a window."""
        return min(self.width, 480 if self.font is None else 720)


class Tour:
    """The steps of one scene so far, and where their pictures go."""

    def __init__(self, number, name, look):
        self.number = number
        self.name = name
        self.look = look
        self.n_steps = 0

    @contextlib.contextmanager
    def step(self, title, picture, window, with_popups=False):
        """A step: what is done in it, a picture of WINDOW, a look whether all fits, and its line."""
        self.n_steps += 1
        name = f"{self.number:02}-{self.n_steps:02}-{self.look.picture}{picture}.png"
        failure = None
        try:
            yield
        except Failed as failed:
            failure = failed
        take_picture(os.path.join(os.environ[OUTPUT], name), self._find_area(window, with_popups))
        try:
            if failure is None and window.app.process.poll() is None and window.is_open:
                expect_fits(window)
        except Failed as failed:
            failure = failed
        print(f"{'ok' if failure is None else 'not ok'} - {self.name}: {title}", flush=True)
        if failure is not None:
            raise failure

    @staticmethod
    def _find_area(window, with_popups):
        # A window that has just closed has no picture; that of the screen shows what is left.
        if window.app.process.poll() is not None:
            return None
        x_ids = window.app.x_windows()
        if window.x_id not in x_ids:
            return None
        areas = [geometry(x_id) for x_id in (x_ids if with_popups else [window.x_id])]
        left = max(0, min(area[0] for area in areas))
        top = max(0, min(area[1] for area in areas))
        right = max(area[0] + area[2] for area in areas)
        bottom = max(area[1] + area[3] for area in areas)
        return left, top, right - left, bottom - top

    def program(self, build_dir, *options, env=None, app=App):
        """A program that looks as it should, and must end well."""
        started = app(build_dir, *options, env={**self.look.env, **(env or {})})
        started.window.resize(self.look.width, self.look.height)
        return started


def expect_fits(window):
    """Nothing that can be read or clicked sticks out of the window sideways."""
    frame = window.frame
    width = frame.extents[2]
    for node in frame.walk():
        if node.role in LABEL | BUTTON | ROW | TAB and node.name:
            left, _top, node_width, _height = node.extents
            if left < 0 or left + node_width > width:
                expect(not window.is_showing(node, frame),
                       f"“{node.name[:40]}” reaches from {left} to {left + node_width}")
