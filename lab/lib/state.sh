# shellcheck shell=bash
# Where a lab lives, what it is called, and how it says what went wrong.

STATE=${PRODSTACK_LAB_STATE:-${XDG_STATE_HOME:-/var/tmp}/prodstack-lab}
STATE=$(realpath -m "$STATE")
# Network names hold 15 characters, so a lab is told from another by four hex digits of where it lives.
LAB_ID=$(printf '%s' "$STATE" | sha256sum | cut -c1-4)
# shellcheck disable=SC2034 # used by the other parts
BRIDGE=psl$LAB_ID

say() {
    printf 'lab: %s\n' "$*"
}

# fail WHAT [WHAT TO DO]
fail() {
    printf 'lab: %s\n' "$1" >&2
    [ $# -lt 2 ] || printf 'lab: %s\n' "$2" >&2
    exit 1
}

fail_usage() {
    printf "lab: %s\nlab: see 'lab/swarm help'\n" "$1" >&2
    exit 2
}

require_root() {
    [ "$(id -u)" = 0 ] || fail "namespaces, bridges and engines need root" "run it as root"
}

require_lab() {
    [ -e "$STATE/lab" ] || fail "no lab lives in $STATE" "run 'lab/swarm up' first, or set PRODSTACK_LAB_STATE"
}

require_node() {
    [ -n "$1" ] || fail_usage "which node?"
    require_lab
    nodes | grep -qx -- "$1" || fail "there is no node \"$1\"" "the nodes are $(nodes | xargs)"
}

# The file "lab" says how many nodes there are and which network they share, and marks the directory as ours.
create_state() {
    case $STATE in
    /run/* | /var/run/*) fail "$STATE is not visible on the nodes, which have a /run of their own" "set PRODSTACK_LAB_STATE" ;;
    esac
    # The engine's sockets live below; a Unix socket's path holds 107 bytes.
    [ ${#STATE} -le 80 ] || fail "$STATE is too long for Unix sockets" "set PRODSTACK_LAB_STATE to a shorter place"
    if [ ! -e "$STATE/lab" ]; then
        printf '%s %s\n' "$1" "$(free_subnet)" >"$STATE/lab.new"
        mv "$STATE/lab.new" "$STATE/lab"
    fi
}

remove_state() {
    [ -e "$STATE" ] || return 0
    # Only what a lab makes, so that a wrong PRODSTACK_LAB_STATE costs nobody a home directory.
    rm -rf -- "${STATE:?}/nodes" "$STATE/registry" "$STATE"/image.* "$STATE/lab" "$STATE/lab.new" "$STATE/lock"
    rmdir -- "$STATE" 2>/dev/null || true
}

# One command at a time changes a lab. The lock ends with this process: children close file descriptor 9.
lock_state() {
    mkdir -p "$STATE"
    exec 9>"$STATE/lock"
    flock -w 300 9 || fail "another lab/swarm has been working on $STATE for five minutes" "see who: fuser $STATE/lock"
}

node_count() {
    cut -d' ' -f1 "$STATE/lab"
}

# The first three numbers of the lab's network.
subnet() {
    cut -d' ' -f2 "$STATE/lab"
}

nodes() {
    seq -f 'n%.0f' "$(node_count)"
}

address_of() {
    echo "$(subnet).1${1#n}"
}

node_dir() {
    echo "$STATE/nodes/$1"
}

socket_of() {
    echo "$(node_dir "$1")/docker.sock"
}

# retry SECONDS COMMAND...: until the command succeeds; fails when the time is over.
retry() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $deadline ] || return 1
        sleep 0.2
    done
}

# ours PROGRAM MARK: the processes that run the program with the mark as one of their arguments. The mark is read
# from standard input, lest the search find itself.
ours() {
    local file processes=(/proc/[0-9]*/cmdline)
    { grep -lzxF -f - "${processes[@]}" 2>/dev/null <<<"$2" || true; } |
        while read -r file; do
            if grep -qz "\(^\|/\)$1\$" "$file" 2>/dev/null; then
                file=${file#/proc/}
                echo "${file%/cmdline}"
            fi
        done
}
