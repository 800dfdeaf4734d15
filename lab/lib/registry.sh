# shellcheck shell=bash
# A registry that all nodes reach, so that pulls and image digests are real, and one small image to try things with.

registry_address() {
    echo "$(subnet).1:5050"
}

registry_config() {
    echo "$STATE/registry/config.yml"
}

registry_processes() {
    ours docker-registry "$(registry_config)"
}

registry_power() {
    if [ -n "$(registry_processes)" ]; then echo on; else echo off; fi
}

registry_up() {
    [ "$(registry_power)" = off ] || return 0
    mkdir -p "$STATE/registry/data"
    cat >"$(registry_config)" <<YAML
version: 0.1
log: {level: warn, accesslog: {disabled: true}}
storage:
  filesystem: {rootdirectory: $STATE/registry/data}
  delete: {enabled: true}
http: {addr: "$(registry_address)"}
YAML
    setsid docker-registry serve "$(registry_config)" </dev/null >"$STATE/registry/log" 2>&1 9>&- &
    retry 20 registry_answers || {
        tail -n 5 "$STATE/registry/log" >&2
        fail "the registry does not answer at $(registry_address)" "its log is $STATE/registry/log"
    }
}

registry_answers() {
    curl -sf -m 5 "http://$(registry_address)/v2/" >/dev/null
}

registry_down() {
    local pid
    for pid in $(registry_processes); do
        kill -TERM "$pid" 2>/dev/null || true
    done
    retry 10 registry_is_off || fail "the registry does not end" "see: ps -ef | grep $(registry_config)"
}

registry_is_off() {
    [ "$(registry_power)" = off ]
}

# lab/busybox:1 is Debian's busybox with the libraries it is linked to; unpacked, not installed.
image_up() {
    local image work
    image=$(registry_address)/lab/busybox:1
    ! curl -sf -m 5 "http://$(registry_address)/v2/lab/busybox/manifests/1" >/dev/null || return 0
    work=$(mktemp -d "$STATE/image.XXXXXX")
    busybox_tree "$work" || fail "the busybox package could not be fetched with apt-get" "its reason is above"
    tar -C "$work/tree" -c . | docker_on n1 import --change 'CMD ["sh"]' - "$image" >/dev/null
    docker_on n1 push --quiet "$image" >/dev/null
    rm -rf "$work"
}

busybox_tree() (
    cd "$1" || exit
    # Where apt-get's own user may write.
    chmod 777 .
    apt_get download busybox >&2
    dpkg-deb -x busybox_*.deb package
    mkdir -p tree/bin tree/etc tree/tmp
    chmod 1777 tree/tmp
    find package -name busybox -type f -perm -100 -exec cp {} tree/bin/ \;
    for library in $(ldd tree/bin/busybox | grep -o '/[^ ]*'); do
        cp --parents -L "$library" tree/
    done
    for applet in $(tree/bin/busybox --list); do
        [ "$applet" = busybox ] || ln -s busybox "tree/bin/$applet"
    done
    echo 'root:x:0:0:root:/:/bin/sh' >tree/etc/passwd
)
