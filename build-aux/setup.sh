# SPDX-FileCopyrightText: Token Manager contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# Read by `run` and `check`, which have gone to the top of the source tree: the packages that
# the program needs, and how a build directory is made.

# The distribution's meson, python3 and glib tools belong together; another python3 that comes
# first on PATH lacks their modules.
PATH="/usr/bin:/bin:$PATH"
export PATH
# Nothing is written outside the build directories.
export PYTHONDONTWRITEBYTECODE=1

BUILD_PACKAGES='meson ninja-build gcc libc6-dev pkg-config gettext libgtk-4-dev libadwaita-1-dev
  libsoup-3.0-dev libjson-glib-dev libsecret-1-dev libqrencode-dev libicu-dev libxml2-utils
  desktop-file-utils appstream gtk-update-icon-cache libgtk-4-bin librsvg2-bin librsvg2-common'

# glib-networking is TLS: it is needed where the program runs, and does not come by itself.
TEST_PACKAGES='xvfb dbus at-spi2-core gir1.2-atspi-2.0 python3 python3-gi glib-networking
  ca-certificates openssl imagemagick adwaita-icon-theme fonts-cantarell fonts-noto-core xdotool
  gnome-keyring zbar-tools'

die ()
{
  printf '%s\n' "$*" >&2
  exit 1
}

# as_root COMMAND…: never asks for a password where nobody can type one.
as_root ()
{
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

# install_missing PACKAGE…: says what it installs, and does nothing where all is there.
install_missing ()
{
  if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian: what is missing has to be installed by hand ($*)."
    return
  fi

  missing=
  for package; do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) || state=
    [ "$state" = installed ] || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0

  echo "Installing with apt-get:$missing"
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    die 'That needs root: run this as root, or install sudo, or install the packages yourself.'
  fi
  # shellcheck disable=SC2086 # a list of words
  { as_root apt-get -q -o DPkg::Lock::Timeout=300 update &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
      install --no-install-recommends $missing; } </dev/null ||
    die 'The packages could not be installed; apt-get says why above.'
}

# make_build_directory DIRECTORY OPTION…: ninja itself notices a changed meson.build.
make_build_directory ()
{
  directory=$1
  shift
  [ ! -e "$directory" ] || [ -w "$directory" ] ||
    die "$directory belongs to somebody else: remove it, or run this as its owner."

  # One that was made by another meson, or for a tree that has moved since, cannot be used again.
  if [ -f "$directory/build.ninja" ] &&
     grep -qF "\"full\": \"$(meson --version)\"" "$directory/meson-info/meson-info.json" &&
     grep -qF "\"source\": \"$PWD\"" "$directory/meson-info/meson-info.json"; then
    return
  fi
  rm -rf "$directory"
  meson setup "$directory" "$@"
}
