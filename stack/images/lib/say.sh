# shellcheck shell=bash
# How the scripts here speak: what passes to standard output, what went wrong to standard error.

say() {
  printf 'images: %s\n' "$*"
}

# fail WHAT [WHAT TO DO]
fail() {
  printf 'images: %s\n' "$1" >&2
  if (($# > 1)); then
    printf 'images: %s\n' "$2" >&2
  fi
  exit 1
}

fail_usage() {
  printf 'images: %s\nimages: see --help\n' "$1" >&2
  exit 2
}

require_engine() {
  type -P docker >/dev/null || fail "there is no docker client" "install it (Debian: apt-get install docker.io, from 13 on also docker-cli)"
  docker version --format '{{.Server.Version}}' >/dev/null 2>&1 \
    || fail "no engine answers at ${DOCKER_HOST:-its usual socket}: $(docker version 2>&1 >/dev/null | tail -n1)" \
      "start one, or set DOCKER_HOST; lab/swarm up brings one up and lab/swarm env says where it is"
}
