# shellcheck shell=bash
# shellcheck disable=SC2154 # the sourcing script has set here, root and logs
# debian:trixie-slim, which all images start from: had, pulled or made.

base=debian:trixie-slim
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
security_mirror=${DEBIAN_SECURITY_MIRROR:-${mirror%/debian}/debian-security}

base_archive() {
  printf '%s/prodstack/debian-trixie-slim-%s.tar' "${XDG_CACHE_HOME:-${HOME:-/root}/.cache}" "$(dpkg --print-architecture)"
}

base_up() {
  if [[ ${refresh:-no} == no ]] && docker image inspect "$base" >/dev/null 2>&1; then
    return
  fi
  # Who made the base once reaches no registry: asking again would cost a minute of waiting.
  if [[ ${refresh:-no} == yes || ! -e $(base_archive) ]] && pull_base; then
    return
  fi
  make_base
  say "importing $base from $(base_archive)"
  docker import --change 'CMD ["bash"]' --change "LABEL dev.prodstack.base=debootstrap" "$(base_archive)" "$base" >/dev/null
}

pull_base() {
  say "pulling $base"
  timeout 90 docker pull --quiet "$base" >/dev/null 2>&1 || {
    say "it cannot be pulled here, so it is made"
    return 1
  }
}

make_base() {
  local archive work
  archive=$(base_archive)
  if [[ -e $archive && ${refresh:-no} == no ]]; then
    return
  fi
  [[ $(id -u) == 0 ]] || fail "making $base takes root" \
    "run this as root, or give the engine the image: docker load, or docker pull from a mirror and docker tag"
  require_debootstrap
  mkdir -p "${archive%/*}"
  # In the cache's own file system; /tmp may lie in memory, or forbid devices.
  work=$(mktemp -d "${archive%/*}/debootstrap.XXXXXX")
  say "making $base with debootstrap (once, about a minute)"
  if ! debootstrap --variant=minbase --include=ca-certificates trixie "$work/root" "$mirror" >"$logs/debootstrap.log" 2>&1; then
    tail -n 5 "$logs/debootstrap.log" >&2
    rm -rf "$work"
    fail "debootstrap failed" "its log is $logs/debootstrap.log; DEBIAN_MIRROR names another mirror"
  fi
  slim_down "$work/root"
  tar -C "$work/root" --numeric-owner -c . >"$archive.new"
  mv -f "$archive.new" "$archive"
  rm -rf "$work"
}

require_debootstrap() {
  if type -P debootstrap >/dev/null; then
    return
  fi
  type -P apt-get >/dev/null || fail "$base must be made, and there is no debootstrap" "install debootstrap"
  say "installing debootstrap with apt-get"
  { apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 debootstrap \
    || { apt-get update -qq && apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 debootstrap; }; } \
    >"$logs/debootstrap.log" 2>&1 </dev/null || fail "apt-get could not install debootstrap" "its log is $logs/debootstrap.log"
}

# As the published image is: no manuals, no translations, no services started by packages, also of those
# installed later.
slim_down() {
  local tree=$1 path
  {
    for path in doc info lintian locale man; do
      rm -rf "${tree:?}/usr/share/$path"
      printf 'path-exclude=/usr/share/%s/*\n' "$path"
    done
    # Images are made anew, not repaired after a loss of power.
    printf 'path-include=/usr/share/doc/*/copyright\nforce-unsafe-io\n'
  } >"$tree/etc/dpkg/dpkg.cfg.d/slim"
  printf 'APT::Install-Recommends "false";\nAcquire::Languages "none";\nAPT::Keep-Downloaded-Packages "false";\n' \
    >"$tree/etc/apt/apt.conf.d/slim"
  printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
  chmod 755 "$tree/usr/sbin/policy-rc.d"
  {
    printf 'deb %s trixie main\n' "$mirror"
    printf 'deb %s trixie-updates main\n' "$mirror"
    printf 'deb %s trixie-security main\n' "$security_mirror"
  } >"$tree/etc/apt/sources.list"
  rm -rf "${tree:?}"/var/lib/apt/lists/* "$tree"/var/cache/apt/* "$tree"/var/log/*.log "$tree"/var/log/apt
}
