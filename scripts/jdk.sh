# shellcheck shell=bash
# shellcheck disable=SC2034 # what is found is read by who sources this
# Finding a Java. Sourced by the launcher at every start, so it starts no process where it can help it.

# Sets java_version to the version a Java's home says, "" if it says none.
read_java_version() {
  local line
  java_version=""
  if [[ -r $1/release ]]; then
    while IFS= read -r line; do
      if [[ $line == JAVA_VERSION=* ]]; then
        line=${line#JAVA_VERSION=}
        java_version=${line//\"/}
        return
      fi
    done <"$1/release"
  fi
  line=$("$1/bin/java" -XshowSettings:properties -version 2>&1 | grep -F 'java.version =') || return 0
  java_version=${line##*= }
}

# Sets java_rank to a number that orders versions: 17.0.15 is below 25, and both are above 1.8.0_402.
rank_java_version() {
  local parts part
  java_rank=0
  IFS=. read -r -a parts <<<"${1%%[!0-9.]*}.0.0"
  for part in "${parts[@]:0:3}"; do
    part=$((10#${part:-0}))
    java_rank=$((java_rank * 1000 + (part > 999 ? 999 : part)))
  done
}

# Looks for the newest Java (the oldest one from 17 on, if $2 is "oldest") whose home has the program
# bin/$1 (java to run, javac to build), among JAVA_HOME, PATH and /usr/lib/jvm. PRODSTACK_JAVA_HOME,
# where set, is taken without looking further.
# Sets java_home and java_version, both "" if there is none of version 17 or later; java_seen is what
# was looked at.
find_java() {
  local program=$1 order=${2:-newest} home on_path best=0 best_version=""
  local candidates=("${JAVA_HOME:-}")
  java_home="" java_seen=""
  if [[ -n ${PRODSTACK_JAVA_HOME:-} ]]; then
    candidates=("$PRODSTACK_JAVA_HOME")
  else
    if on_path=$(type -P java); then
      on_path=$(readlink -f "$on_path") || on_path=""
      candidates+=("${on_path%/bin/java}")
    fi
    candidates+=(/usr/lib/jvm/*)
  fi
  for home in "${candidates[@]}"; do
    [[ -n $home && -x $home/bin/$program && -x $home/bin/java ]] || continue
    read_java_version "$home"
    rank_java_version "$java_version"
    java_seen+="${java_seen:+, }${java_version:-unknown version} in $home"
    if ((java_rank < 17000000)); then
      continue
    fi
    if ((best == 0)) || [[ $order == newest && $java_rank -gt $best || $order == oldest && $java_rank -lt $best ]]; then
      best=$java_rank best_version=$java_version java_home=$home
    fi
  done
  java_version=$best_version
}
