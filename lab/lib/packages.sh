# shellcheck shell=bash
# What a lab needs from Debian. Says what it installs before it does; installs nothing that is there.

install_packages() {
    local missing
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || fail "missing: $missing" "install them with your system's package manager"
    say "installing with apt-get: $missing"
    say "(where an init system runs, Debian starts docker.io's own engine as well; the lab does not use it)"
    # shellcheck disable=SC2086 # one word per package
    DEBIAN_FRONTEND=noninteractive apt_get install -y --no-install-recommends $missing >/dev/null ||
        fail "apt-get could not install: $missing" "its reason is above"
}

missing_packages() {
    {
        command -v dockerd >/dev/null || echo docker.io
        # From Debian 13 on the client is a package of its own.
        command -v docker >/dev/null || client_package
        command -v docker-registry >/dev/null || echo docker-registry
        command -v ip >/dev/null || echo iproute2
        command -v iptables >/dev/null || echo iptables
        command -v curl >/dev/null || echo curl
    } | xargs
}

client_package() {
    if [ -n "$(apt-cache search --names-only '^docker-cli$')" ]; then echo docker-cli; fi
}

apt_get() {
    local options=(-qq -o DPkg::Lock::Timeout=300)
    apt-get "${options[@]}" "$@" || {
        apt-get "${options[@]}" update && apt-get "${options[@]}" "$@"
    }
}
