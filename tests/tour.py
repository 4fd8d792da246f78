#!/usr/bin/python3
# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tour of Token Manager: what it is for, done as a person does it, with a picture of every step.

Each scene has a screen, a session bus and a home of its own, and several go on at once. The tour
prints TAP, a line a step, leaves numbered pictures, and fails if a step fails. Every wait has a
deadline and says what it was for.
"""

import argparse
import os
import re
import sys

from accessible import UNHEARD
from driver import Cases, set_font
from tour_accounts import show_accounts, show_keyring, show_ways_in
from tour_apps import show_all, show_apps, show_troubles
from tour_details import show_tokens
from tour_steps import OUTPUT, Look, Tour
from tour_tokens import show_lists, show_lost_answers, show_the_sample, show_the_service

LIGHT = Look()
LOOKS = (
    Look("At 360 pixels", "narrow-", width=360, height=860),
    Look("In the dark", "dark-", {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}, height=860),
    Look("With high contrast", "contrast-", {"ADW_DEBUG_HIGH_CONTRAST": "1"}, height=860),
    Look("From right to left", "right-to-left-", {"GTK_DEBUG": "invert-text-dir"}, height=860),
    Look("With large text at 720 pixels", "large-text-", {}, "Cantarell 22", 720, 860),
)
# By what they are about; the first are shown in one look alone.
PLAIN = {"the main job": show_the_service, "sample data": show_the_sample}
SCENES = {"lists": show_lists, "tokens": show_tokens, "lost answers": show_lost_answers,
          "apps": show_apps, "apps in trouble": show_troubles, "all apps": show_all,
          "ways in": show_ways_in, "accounts": show_accounts, "keyring": show_keyring}
SCREEN = "1280x1000"


# What keeps a name together that is written the other way than what is around it.
ISOLATES = "\u2068\u2069"


def run_scene(build_dir, number, name, look, show):
    UNHEARD.update(dict.fromkeys(map(ord, ISOLATES)))
    if look.font is not None:
        set_font(look.font)
    tour = Tour(number, name, look)
    show(tour, build_dir)
    # Its steps have been told as they went.
    return ()


def main():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--output", default=os.environ.get(OUTPUT))
    options, others = parser.parse_known_args()
    if options.output is None:
        parser.error("--output says where the pictures go")
    sys.argv[1:] = others
    output = os.path.abspath(options.output)
    if OUTPUT not in os.environ:
        os.makedirs(output, exist_ok=True)
        for name in os.listdir(output):
            # What an earlier tour left behind would pass for this one's.
            if re.fullmatch(r"\d\d\d?-.*\.png", name):
                os.remove(os.path.join(output, name))
        os.environ[OUTPUT] = output

    cases = Cases(size=SCREEN, at_once=4)
    scenes = [(LIGHT, PLAIN), (LIGHT, SCENES), *((look, SCENES) for look in LOOKS)]
    for look, shows in scenes:
        for about, show in shows.items():
            name = f"{look.words}: {about}" if look.words else about
            cases.add(name, run_scene, len(cases.cases) + 1, name, look, show)
    return cases.main()


if __name__ == "__main__":
    sys.exit(main())
