# shellcheck shell=bash
# Starting, entering and ending nodes. A node is the process tree below lab/lib/machine.

# The argument by which a node's first process is known, wherever its pid file went.
mark_of() {
    echo "prodstack-lab-node=$(node_dir "$1")"
}

processes_of() {
    ours machine "$(mark_of "$1")"
}

# The process outside whose end is the end of the node; nothing where the node is off.
power_pid() {
    local pid
    pid=$(cat "$(node_dir "$1")/pid" 2>/dev/null) || return 0
    processes_of "$1" | grep -x -- "$pid" || true
}

# The node's process 1 as this machine numbers it.
machine_pid() {
    local power
    power=$(power_pid "$1")
    [ -n "$power" ] || return 0
    xargs <"/proc/$power/task/$power/children" 2>/dev/null || true
}

power_of() {
    if [ -n "$(power_pid "$1")" ]; then echo on; else echo off; fi
}

nodes_up() {
    local node
    for node in $(nodes); do
        node_start "$node"
    done
    for node in $(nodes); do
        retry 90 engine_answers "$node" || engine_failed "$node"
    done
}

engine_answers() {
    [ -n "$(power_pid "$1")" ] || engine_failed "$1"
    curl -sf -m 5 --unix-socket "$(socket_of "$1")" http://engine/_ping >/dev/null 2>&1
}

engine_failed() {
    tail -n 15 "$(node_dir "$1")/engine.log" >&2 || true
    fail "the engine of $1 does not answer" "its last words are above, all are in $(node_dir "$1")/engine.log"
}

# nsenter and unshare, not ip netns exec, which hides the cgroup mounts. nsenter runs unshare in its place, so
# the pid written is that of unshare, which takes the node's process 1 with it when it is killed.
node_start() {
    local node=$1 directory
    [ -z "$(power_pid "$node")" ] || return 0
    directory=$(node_dir "$node")
    mkdir -p "$directory/data"
    rm -f "$directory/docker.sock"
    resolver >"$directory/resolv.conf"
    # shellcheck disable=SC2016 # the inner shell expands
    setsid sh -c 'echo $$ >"$1/pid" && shift && exec "$@"' sh "$directory" \
        nsenter "--net=/run/netns/$(netns_of "$node")" -- \
        unshare --mount --uts --pid --fork --kill-child --mount-proc -- \
        "$LAB_HOME/lib/machine" "$(mark_of "$node")" "$node" "$(subnet).0/24" "$LAB_ID" "${PRODSTACK_LAB_ROOTFS:-}" \
        </dev/null >"$directory/engine.log" 2>&1 9>&- &
    retry 10 machine_runs "$node" || engine_failed "$node"
}

machine_runs() {
    [ -n "$(machine_pid "$1")" ]
}

# The machine's resolvers as far as a node reaches them: not those on a loopback address, which are not the node's.
resolver() {
    local file=/etc/resolv.conf
    [ ! -e /run/systemd/resolve/resolv.conf ] || file=/run/systemd/resolve/resolv.conf
    grep -vE '^nameserver (127\.|::1)' "$file" || true
}

# Loss of power. The kernel ends all of a process namespace with its first process.
node_stop() {
    local pid
    for pid in $(processes_of "$1"); do
        kill -KILL "$pid" 2>/dev/null || true
    done
    retry 30 node_is_off "$1" || fail "$1 does not end" "see: ps -ef | grep $(node_dir "$1")"
    rm -f "$(node_dir "$1")/pid" "$(node_dir "$1")/docker.sock"
    cgroups_down "prodstack-lab/$LAB_ID-$1"
}

node_is_off() {
    [ -z "$(processes_of "$1")" ]
}

cgroups_down() {
    local root
    for root in /sys/fs/cgroup /sys/fs/cgroup/*; do
        [ -d "$root/$1" ] || continue
        retry 10 cgroup_down "$root/$1" || say "left behind: $root/$1"
    done
}

cgroup_down() {
    find "$1" -depth -type d -exec rmdir {} + 2>/dev/null || true
    [ ! -d "$1" ]
}

# Every node that a lab here may have had, so that it also cleans up after a lab whose state is gone.
nodes_down() {
    local node
    for node in n1 n2 n3; do
        node_stop "$node"
    done
    rmdir /sys/fs/cgroup/prodstack-lab /sys/fs/cgroup/*/prodstack-lab 2>/dev/null || true
}

node_exec() {
    local pid
    pid=$(machine_pid "$1")
    [ -n "$pid" ] || fail "$1 has no power" "run 'lab/swarm heal'"
    shift
    exec nsenter --target "$pid" --mount --uts --net --pid -- "$@"
}

# Resident memory in MB of dockerd and containerd.
engine_memory_of() {
    local pid
    pid=$(machine_pid "$1")
    if [ -z "$pid" ]; then
        echo 0
        return
    fi
    nsenter --target "$pid" --mount --pid -- sh -c 'cat /proc/[0-9]*/status' 2>/dev/null |
        awk '$1 == "Name:" { name = $2 } $1 == "VmRSS:" && name ~ /^(dockerd|containerd)$/ { sum += $2 }
            END { printf "%d\n", sum / 1024 }'
}
