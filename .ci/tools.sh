#!/usr/bin/env bash
# What the tests need beside Go and make: a C compiler for the race detector,
# Chromium, Node of at least the version that the front-end tools ask for, and
# the frameworks that docs/embed.md has snippets for.
#
#   tools.sh install   install what is missing (as root, on Debian), or say what that is
#   tools.sh path      the folder of the Node to use, with a colon; nothing when PATH has it
#
# PARLEY_TEST_UI=off leaves Node and Chromium out: the page is then not tested.
set -euo pipefail

NODE_MINOR=2019 # 20.19
NODE_HOME="${XDG_CACHE_HOME:-$HOME/.cache}/parley/node"

say() { printf 'tools: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

new_enough() { # NODE
  "$1" -e "const [a, b] = process.versions.node.split('.'); process.exit(a * 100 + +b >= $NODE_MINOR ? 0 : 1)" 2>/dev/null
}

own_node() { new_enough "$NODE_HOME/node_modules/node/bin/node"; }
system_node() { command -v npm >/dev/null && new_enough node; }

missing=()
need() { # COMMAND PACKAGE…
  command -v "$1" >/dev/null || missing+=("${@:2}")
}

lacks() { # FILE PACKAGE…
  [ -e "$1" ] || missing+=("${@:2}")
}

packages() {
  [ ${#missing[@]} = 0 ] && return
  command -v apt-get >/dev/null || die "missing: ${missing[*]}; install what these Debian packages hold, or set PARLEY_TEST_UI=off"
  [ "$(id -u)" = 0 ] || die "missing packages: ${missing[*]}; install them as root: apt-get install ${missing[*]}"
  say "installing ${missing[*]}"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
  missing=()
}

install() {
  need gcc gcc libc6-dev
  [ "${PARLEY_TEST_UI:-}" = off ] || {
    [ -n "${PARLEY_CHROMIUM:-}" ] || need chromium chromium
    system_node || own_node || need npm nodejs npm
    need rackup ruby ruby-railties ruby-jwt ruby-webrick
    need php php-cli php-mysql
    need mariadbd mariadb-server
    lacks /usr/share/wordpress/wp-content/themes/twentytwentythree wordpress wordpress-theme-twentytwentythree
    lacks /usr/lib/python3/dist-packages/django/__init__.py python3 python3-django
    lacks /usr/lib/python3/dist-packages/jwt/__init__.py python3-jwt
  }
  packages
  [ "${PARLEY_TEST_UI:-}" = off ] && return
  system_node || own_node && return
  # Debian's own Node is older than the tools: one for the tests only.
  say "fetching a newer Node for the front-end tools"
  mkdir -p "$NODE_HOME"
  npm install --silent --no-fund --no-audit --prefix "$NODE_HOME" node@22 npm@11 >&2
  own_node || die "the Node in $NODE_HOME does not run"
}

path() {
  system_node || ! own_node || printf '%s:%s:' "$NODE_HOME/node_modules/node/bin" "$NODE_HOME/node_modules/.bin"
}

case "${1:-}" in
  install) install ;;
  path) path ;;
  *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
