# shellcheck shell=bash
# One bridge, one network namespace and one pair of virtual cables per node, and a way out through the machine.

FORWARD_BEFORE=/run/prodstack-lab.ip_forward

veth_of() {
    echo "psl$LAB_ID$1"
}

netns_of() {
    echo "psl$LAB_ID-$1"
}

# The first 10.213.x that no route of this machine leads to.
free_subnet() {
    local third
    for third in $(seq 1 250); do
        if [ -z "$(ip -4 route show root "10.213.$third.0/24")" ]; then
            echo "10.213.$third"
            return
        fi
    done
    fail "all of 10.213.1.0/24 to 10.213.250.0/24 are routed on this machine" "take down the labs you no longer need"
}

network_up() {
    local node
    bridge_up
    for node in $(nodes); do
        cable_up "$node"
    done
    gateway_up
}

bridge_up() {
    # shellcheck disable=SC2153 # state.sh has it
    if [ ! -e "/sys/class/net/$BRIDGE" ]; then
        ip link add "$BRIDGE" type bridge
    fi
    ip -4 address show dev "$BRIDGE" | grep -q "$(subnet)\.1/" || ip address add "$(subnet).1/24" dev "$BRIDGE"
    ip link set "$BRIDGE" up
}

cable_up() {
    local veth netns
    veth=$(veth_of "$1")
    netns=$(netns_of "$1")
    [ -e "/run/netns/$netns" ] || ip netns add "$netns"
    if [ ! -e "/sys/class/net/$veth" ]; then
        ip link add "$veth" type veth peer name eth0 netns "$netns"
        ip -n "$netns" address add "$(address_of "$1")/24" dev eth0
    fi
    ip link set "$veth" master "$BRIDGE" up
    ip -n "$netns" link set lo up
    ip -n "$netns" link set eth0 up
    ip -n "$netns" route replace default via "$(subnet).1"
}

# Lets nodes reach each other past the rules of an engine of this machine's own, and the world past this machine.
gateway_up() {
    if [ ! -e "$FORWARD_BEFORE" ]; then
        cp /proc/sys/net/ipv4/ip_forward "$FORWARD_BEFORE"
    fi
    echo 1 >/proc/sys/net/ipv4/ip_forward
    rule_up filter FORWARD -i "$BRIDGE"
    rule_up filter FORWARD -o "$BRIDGE" -m conntrack --ctstate RELATED,ESTABLISHED
    rule_up nat POSTROUTING -s "$(subnet).0/24" ! -o "$BRIDGE"
}

# rule_up TABLE CHAIN MATCH...: inserts a rule once, marked as this lab's by its comment.
rule_up() {
    local table=$1 chain=$2 verdict=ACCEPT
    shift 2
    [ "$table" != nat ] || verdict=MASQUERADE
    set -- "$@" -m comment --comment "prodstack-lab-$LAB_ID" -j "$verdict"
    iptables -w -t "$table" -C "$chain" "$@" 2>/dev/null || iptables -w -t "$table" -I "$chain" "$@"
}

rules_down() {
    local table rule
    command -v iptables >/dev/null || return 0
    for table in filter nat; do
        { iptables -w -t "$table" -S | grep -- "--comment prodstack-lab-$LAB_ID" || true; } | while read -r rule; do
            # shellcheck disable=SC2086 # one word per argument; no argument of ours has a blank
            iptables -w -t "$table" -D ${rule#-A }
        done
    done
}

# By name only, so that it also cleans up after a lab whose state is gone.
network_down() {
    local item
    rules_down
    for item in /sys/class/net/psl"$LAB_ID"*; do
        [ ! -e "$item" ] || ip link delete "${item##*/}"
    done
    for item in /run/netns/psl"$LAB_ID"-*; do
        [ ! -e "$item" ] || ip netns delete "${item##*/}"
    done
    forward_down
}

# Gives the machine back its ip_forward once the last lab is down.
forward_down() {
    local bridge
    [ -e "$FORWARD_BEFORE" ] || return 0
    for bridge in /sys/class/net/psl????/bridge; do
        [ ! -e "$bridge" ] || return 0
    done
    cat "$FORWARD_BEFORE" >/proc/sys/net/ipv4/ip_forward
    rm -f "$FORWARD_BEFORE"
}

link_of() {
    if [ ! -e "/sys/class/net/$(veth_of "$1")" ]; then
        echo missing
    elif ip link show dev "$(veth_of "$1")" | grep -q '[<,]UP[,>]'; then
        echo up
    else
        echo cut
    fi
}
