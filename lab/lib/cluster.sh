# shellcheck shell=bash
# Joining the nodes to one Swarm.

docker_on() {
    local node=$1
    shift
    DOCKER_HOST="unix://$(socket_of "$node")" DOCKER_CONTEXT='' docker "$@"
}

engine_version() {
    docker_on "$1" version --format 'Docker {{.Server.Version}} (API {{.Server.APIVersion}})'
}

# inactive, pending, active/manager, active/worker, locked, error; off where nobody answers.
swarm_state_of() {
    [ -n "$(power_pid "$1")" ] || {
        echo off
        return
    }
    timeout 10 curl -sf -m 8 --unix-socket "$(socket_of "$1")" http://engine/info 2>/dev/null |
        grep -oE '"(LocalNodeState":"[a-z]+|ControlAvailable":(true|false))' |
        sed -e 's/.*LocalNodeState":"//' -e 's/.*:true/manager/' -e 's/.*:false/worker/' |
        sort | paste -sd/ | sed 's,inactive/worker,inactive,' | grep . || echo 'no answer'
}

cluster_up() {
    local node token
    if [ "$(swarm_state_of n1)" = inactive ]; then
        docker_on n1 swarm init --advertise-addr "$(address_of n1)" >/dev/null
    fi
    for node in $(nodes); do
        if [ "$(swarm_state_of "$node")" = inactive ]; then
            token=$(docker_on n1 swarm join-token --quiet manager)
            docker_on "$node" swarm join --token "$token" --advertise-addr "$(address_of "$node")" \
                "$(address_of n1):2377" >/dev/null
        fi
    done
    retry 120 all_ready || {
        docker_on n1 node ls >&2 || true
        fail "the nodes are not all ready after two minutes" "the engines' logs are $STATE/nodes/*/engine.log"
    }
}

all_ready() {
    [ "$(docker_on n1 node ls --format '{{.Status}}' 2>/dev/null | grep -c '^Ready$')" -ge "$(node_count)" ]
}
