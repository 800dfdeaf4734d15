# shellcheck shell=bash
# shellcheck disable=SC2034 # what is counted is read by who sources this
# What ./verify and ./quickstart share: steps with a log each, packages, Maven. Sourced, never run. Who
# sources it has set root to the repository, which is the working directory from here on.

cd "${root:?}" || exit
# shellcheck source=jdk.sh
source scripts/jdk.sh

if [[ -z ${LC_ALL:-}${LC_CTYPE:-}${LANG:-} ]]; then
  export LC_CTYPE=C.UTF-8
fi

logs=$root/target/logs
step="start"
step_log=""
children=()

# Begins a step: $1 is its name (and its log's), the rest says what happens.
begin() {
  step=$1
  step_log=$logs/$1.log
  shift
  mkdir -p "$logs"
  : >"$step_log"
  printf '== %s: %s\n' "$step" "$*"
}

# Ends the script: the step, the reason, and where the log is.
fail() {
  printf 'FAILED at %s: %s\n' "$step" "$*" >&2
  if [[ -n $step_log && -s $step_log ]]; then
    printf 'The log is %s\n' "$step_log" >&2
  fi
  exit 1
}

# Ends what this script started, and nothing else.
end_children() {
  local child
  for child in ${children[@]+"${children[@]}"}; do
    kill "$child" 2>/dev/null || true
  done
  for child in ${children[@]+"${children[@]}"}; do
    wait "$child" 2>/dev/null || true
  done
}

trap end_children EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Runs a program with its output in the step's log, and what the filter function $1 makes of it on the
# screen. Returns the program's exit code.
run_logged() {
  local filter=$1 program follower code=0
  shift
  "$@" </dev/null >>"$step_log" 2>&1 &
  program=$!
  children+=("$program")
  tail -n +1 --pid="$program" -s 0.5 -F "$step_log" 2>/dev/null | "$filter" &
  follower=$!
  wait "$program" || code=$?
  wait "$follower" || true
  children=()
  return "$code"
}

# Sets missing to the packages of the arguments that are not there. Each is PROGRAM:PACKAGE; the
# program "javac" means a JDK that will do, and its package is chosen when the lists are fresh.
find_missing() {
  local need
  missing=()
  for need; do
    if [[ $need == javac:* ]]; then
      find_java javac
      if [[ -z $java_home ]]; then
        missing+=("${need#*:}")
      fi
    elif ! type -P "${need%%:*}" >/dev/null; then
      missing+=("${need#*:}")
    fi
  done
}

newest_jdk_package() {
  local feature
  for feature in 25 21 17; do
    if apt-cache show --no-all-versions "openjdk-$feature-jdk-headless" >/dev/null 2>&1; then
      printf 'openjdk-%s-jdk-headless' "$feature"
      return
    fi
  done
  printf 'default-jdk-headless'
}

# Installs what is missing of the arguments (PROGRAM:PACKAGE, as above), after saying so.
install_missing() {
  local package index
  find_missing "$@"
  if ((${#missing[@]} == 0)); then
    return
  fi
  if ! type -P apt-get >/dev/null; then
    fail "this needs ${missing[*]} (Debian's names), and there is no apt-get to install them with." \
      "Install them by hand and run this again."
  fi
  if [[ $(id -u) != 0 ]]; then
    fail "this needs the packages ${missing[*]}, and installing takes root." \
      "Run: sudo apt-get install ${missing[*]}"
  fi
  printf '   refreshing the package lists (apt-get update)\n'
  apt-get update </dev/null >>"$step_log" 2>&1 || fail "apt-get update failed. Is there a network?"
  for index in "${!missing[@]}"; do
    package=${missing[index]}
    if [[ $package == JDK ]]; then
      missing[index]=$(newest_jdk_package)
    fi
  done
  printf '   installing the packages %s, and what they depend on\n' "${missing[*]}"
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "${missing[@]}" </dev/null >>"$step_log" 2>&1 \
    || fail "installing ${missing[*]} failed."
}

# The same for packages with servers in them, which Debian starts where there is an init system: not so here,
# as the tests start their own.
install_servers() {
  local policy=/usr/sbin/policy-rc.d
  find_missing "$@"
  if ((${#missing[@]} == 0)); then
    return
  fi
  (
    if [[ $(id -u) == 0 && ! -e $policy ]]; then
      trap 'rm -f "$policy"' EXIT
      printf '#!/bin/sh\nexit 101\n' >"$policy"
      chmod 755 "$policy"
    fi
    install_missing "$@"
  ) || exit
}

# Finds the JDK to build and test with, and says which.
choose_jdk() {
  find_java javac
  [[ -n $java_home ]] || fail "no JDK of version 17 or later; seen: ${java_seen:-none}."
  export JAVA_HOME=$java_home
  printf '   JDK %s in %s\n' "$java_version" "$java_home"
}

# Shows everything, indented.
indented() {
  sed -u 's/^/   /'
}

# Shows of Maven's output what a person wants to see pass by.
maven_progress() {
  sed -u -n -E \
    -e 's/^\[INFO\] Building ([^ ]+) .*\[([0-9]+)\/([0-9]+)\]$/   \1 (\2 of \3)/p' \
    -e 's/^.*Tests run: ([0-9]+), .*(FAILURE|ERROR)! -- in .*\.([A-Za-z0-9_]+)$/     FAILED: \3 (\1 tests)/p' \
    -e 's/^.*Tests run: ([0-9]+), .* -- in .*\.([A-Za-z0-9_]+)$/     \1 tests in \2/p' \
    -e '/^\[ERROR\] *$|[Rr]e-run Maven|\[Help 1\]|more information about|See dump files|After correcting|-rf :|^\[ERROR\] +at /d' \
    -e 's/^\[ERROR\] (.{1,300}).*/   \1/p'
}

# Whether tests passed: Maven goes on after some that failed, so that those of later modules are run as well.
# tests_passed LOG: after count_tests, with Maven's output.
tests_passed() {
  ((failed == 0)) && ! grep -qE '^\[ERROR\].*(forked VM|error in the fork|There are test failures)' "$1"
}

# Runs Maven, its output in the step's log, progress on the screen.
maven() {
  run_logged maven_progress mvn -B -ntp -Dstyle.color=never "$@"
}

# Sets passed, failed and skipped to the sums over all test reports of the trees that are named.
count_tests() {
  local tree report sums
  local reports=()
  for tree; do
    for report in "$tree"/*/target/surefire-reports/TEST-*.xml "$tree"/*/*/target/surefire-reports/TEST-*.xml; do
      if [[ -f $report ]]; then
        reports+=("$report")
      fi
    done
  done
  passed=0 failed=0 skipped=0
  if ((${#reports[@]} == 0)); then
    return
  fi
  sums=$(awk '
    function number(name, found) {
      if (!match($0, " " name "=\"[0-9]+\"")) return 0
      found = substr($0, RSTART, RLENGTH); gsub(/[^0-9]/, "", found); return found + 0
    }
    FNR == 1 { inside = 0; done = 0 }
    /<testsuite / { inside = 1 }
    inside && !done { tests += number("tests"); bad += number("failures") + number("errors"); left += number("skipped") }
    inside && />/ { done = 1 }
    END { print tests - bad - left, bad, left }
  ' "${reports[@]}")
  read -r passed failed skipped <<<"$sums"
}
