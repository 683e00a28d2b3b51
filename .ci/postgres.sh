#!/usr/bin/env bash
# A private PostgreSQL with pgvector for tests and for `make serve-postgres`:
# its own programs, data folder and Unix socket; nothing on the machine changes
# but the packages that `install` needs when it runs as root.
#
#   postgres.sh install            put it into the cache folder (does nothing when it is there)
#   postgres.sh run -- COMMAND     a throw-away cluster for the time of COMMAND
#   postgres.sh start DIR          a lasting cluster in DIR (made when missing)
#   postgres.sh stop DIR
#   postgres.sh url DIR            its DATABASE_URL
#   postgres.sh bin                the folder of its programs
#
# PARLEY_TEST_DATABASE_URL, when set, names a server to use instead: `install`
# and `run` then start nothing.
set -euo pipefail

PGVECTOR_SUITE=trixie # its source package serves for tests; production wants >= 0.8.4
MAJOR=15
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/parley"
HOME_DIR="$CACHE/postgres-$MAJOR-1"
BIN="$HOME_DIR/lib/postgresql/$MAJOR/bin"

say() { printf 'postgres: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

as_server() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then
    local user=nobody
    id postgres >/dev/null 2>&1 && user=postgres
    setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"
  else
    "$@"
  fi
}

own() { # make DIR the server user's
  mkdir -p "$1" && chmod 700 "$1"
  if [ "$(id -u)" = 0 ]; then
    local user=nobody
    id postgres >/dev/null 2>&1 && user=postgres
    chown -R "$user" "$1"
  fi
}

packages() { # install the named Debian packages when they are missing
  local missing=()
  for p in "$@"; do dpkg -s "$p" >/dev/null 2>&1 || missing+=("$p"); done
  [ ${#missing[@]} = 0 ] && return
  [ "$(id -u)" = 0 ] || die "missing packages: ${missing[*]}; install them as root (apt-get install ${missing[*]}) or set PARLEY_TEST_DATABASE_URL"
  say "installing ${missing[*]}"
  apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

installed() { [ -x "$BIN/postgres" ] && [ -f "$HOME_DIR/.complete" ]; }

install() {
  [ -n "${PARLEY_TEST_DATABASE_URL:-}" ] && { say "using PARLEY_TEST_DATABASE_URL"; return; }
  installed && return
  command -v apt-get >/dev/null || die "this is not Debian: install PostgreSQL with pgvector and set PARLEY_TEST_DATABASE_URL to a server whose user may create databases"
  mkdir -p "$CACHE"
  exec 9>"$CACHE/postgres.lock"
  flock 9
  installed && return
  packages gcc make libc6-dev dpkg-dev
  local codename
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  [ "$codename" = bookworm ] || die "only Debian bookworm is prepared here (this is ${codename:-unknown}): install a PostgreSQL with pgvector and set PARLEY_TEST_DATABASE_URL"
  build
}

build() {
  local work mirror
  BUILD_DIR=$(mktemp -d "$CACHE/build.XXXXXX") # global: the trap needs it
  trap 'rm -rf "$BUILD_DIR"' EXIT
  work=$BUILD_DIR
  say "building pgvector for PostgreSQL $MAJOR (once, about half a minute)"
  mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -1)
  [ -n "$mirror" ] || mirror=$(sed -n 's/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' /etc/apt/sources.list | head -1)
  [ -n "$mirror" ] || die "no Debian mirror in /etc/apt"
  local key="[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"
  mkdir -p "$work"/{state/lists/partial,cache/archives/partial,src,root}
  printf 'deb-src %s %s %s main\ndeb %s %s bookworm main\n' "$key" "$mirror" "$PGVECTOR_SUITE" "$key" "$mirror" >"$work/sources.list"
  local apt=(-o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State=$work/state"
    -o "Dir::State::Lists=$work/state/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User= -o Acquire::Languages=none)
  cp /var/lib/dpkg/status "$work/state/status" 2>/dev/null || touch "$work/state/status"
  apt-get "${apt[@]}" -qq update >&2
  (cd "$work/src" && apt-get "${apt[@]}" -qq source --download-only pgvector >&2)
  tar -xf "$work"/src/pgvector_*.orig.tar.* -C "$work/src"
  (cd "$work/src" && apt-get "${apt[@]}" -qq download "postgresql-server-dev-$MAJOR" "postgresql-$MAJOR" "postgresql-client-$MAJOR" libpq-dev libpq5 >&2)
  for deb in "$work"/src/*.deb; do dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$work/root"; done
  shared_libraries "$work/root/usr/lib/postgresql/$MAJOR/bin/postgres"
  local pg="$work/root/usr/lib/postgresql/$MAJOR" source
  source=$(find "$work/src" -maxdepth 1 -type d -name 'pgvector*' | head -1)
  make -s -C "$source" PG_CONFIG="$pg/bin/pg_config" PGXS="$pg/lib/pgxs/src/makefiles/pgxs.mk" with_llvm=no OPTFLAGS= \
    CPPFLAGS="-I$work/root/usr/include/postgresql/$MAJOR/server -I$work/root/usr/include/postgresql/internal" >&2
  cp "$source/vector.so" "$pg/lib/"
  cp "$source/vector.control" "$source"/sql/vector--*.sql "$work/root/usr/share/postgresql/$MAJOR/extension/"
  rm -rf "$work/root/usr/share/doc" "$work/root/usr/share/locale" "$work/root/usr/include" "$pg/lib/pgxs" "$pg/lib/bitcode"
  touch "$work/root/usr/.complete"
  chmod -R go+rX "$work/root/usr"
  rm -rf "$HOME_DIR" && mv "$work/root/usr" "$HOME_DIR"
  say "ready in $HOME_DIR"
}

shared_libraries() { # packages for what the server binary links to and the machine lacks
  local lacking
  lacking=$(ldd "$1" 2>/dev/null | awk '/not found/{print $1}')
  [ -z "$lacking" ] || packages libicu72 libllvm14 libldap-2.5-0 libxslt1.1 libxml2 libpam0g libgssapi-krb5-2
}

reachable() { # the server user must be able to enter the cache folder
  as_server test -x "$BIN/postgres"
}

private_copy() { # for a cache folder that the server user may not enter, such as /root
  reachable && return
  local copy="/tmp/parley-postgres-$MAJOR-$(id -u)"
  if [ ! -f "$copy/.complete" ] || [ "$HOME_DIR/.complete" -nt "$copy/.complete" ]; then
    local fresh
    fresh=$(mktemp -d /tmp/parley-postgres.XXXXXX)
    cp -a "$HOME_DIR/." "$fresh/" && chmod -R go+rX "$fresh" && chmod 755 "$fresh"
    rm -rf "$copy" && mv "$fresh" "$copy"
  fi
  BIN="$copy/lib/postgresql/$MAJOR/bin"
}

socket_of() { # a short folder for the socket, the same for the same DIR
  echo "/tmp/parley-pg-$(printf %s "$1" | cksum | cut -d' ' -f1)"
}

place() { # the data folder for DIR: elsewhere when the server's user may not enter a folder above it, as below /root
  local dir
  mkdir -p "$1" && dir=$(cd "$1" && pwd)
  own "$dir"
  if ! as_server test -x "$dir"; then
    dir="/var/tmp/parley-postgres-$(printf %s "$dir" | cksum | cut -d' ' -f1)"
    own "$dir"
  fi
  echo "$dir"
}

start() {
  local dir socket options="${2:-}"
  installed || install
  private_copy
  dir=$(place "$1") && socket=$(socket_of "$dir")
  own "$socket"
  if [ ! -f "$dir/PG_VERSION" ]; then
    as_server "$BIN/initdb" -D "$dir" -A trust -U parley -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  fi
  if ! as_server "$BIN/pg_ctl" -D "$dir" status >/dev/null 2>&1; then
    (cd / && as_server "$BIN/pg_ctl" -D "$dir" -w -t 30 -s -l "$dir/server.log" \
      -o "-k $socket -c listen_addresses='' -c max_connections=200 -c max_parallel_maintenance_workers=0 $options" start) 9>&- \
      || { tail -20 "$dir/server.log" >&2; die "the server in $dir did not start"; }
  fi
  as_server "$BIN/psql" -h "$socket" -U parley -d postgres -qAtc "select 1 from pg_database where datname='parley'" | grep -q 1 \
    || as_server "$BIN/psql" -h "$socket" -U parley -d postgres -qc "create database parley" >/dev/null
}

stop() {
  [ -d "$1" ] || return 0
  private_copy
  local dir; dir=$(place "$1")
  (cd / && as_server "$BIN/pg_ctl" -D "$dir" -s -m "${2:-fast}" stop) >/dev/null 2>&1 || true
  rm -rf "$(socket_of "$dir")"
}

url() {
  local dir; dir=$(place "$1")
  echo "postgres:///parley?host=$(socket_of "$dir")&user=parley&sslmode=disable"
}

run() {
  [ "${1:-}" = -- ] && shift
  [ -n "${PARLEY_TEST_DATABASE_URL:-}" ] && exec "$@"
  RUN_DIR=$(mktemp -d /tmp/parley-test-pg.XXXXXX) # global: the trap needs it
  chmod 755 "$RUN_DIR"
  trap 'stop "$RUN_DIR/data" immediate; rm -rf "$RUN_DIR"' EXIT
  trap 'exit 130' INT TERM
  start "$RUN_DIR/data" "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
  PARLEY_TEST_DATABASE_URL=$(url "$RUN_DIR/data") PARLEY_TEST_POSTGRES_BIN="$BIN" "$@"
}

case "${1:-}" in
  install) install ;;
  run) shift; run "$@" ;;
  start) start "${2:?folder}" ;;
  stop) stop "${2:?folder}" ;;
  url) url "${2:?folder}" ;;
  bin) private_copy; echo "$BIN" ;;
  *) sed -n '2,14s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
