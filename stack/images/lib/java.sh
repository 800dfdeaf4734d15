# shellcheck shell=bash
# shellcheck disable=SC2154 # the sourcing script has set here, root and logs
# What Maven puts into images.

maven_quietly() {
  local log=$1
  shift
  type -P mvn >/dev/null || fail "there is no Maven" "./quickstart installs it, and a JDK"
  (cd "$root" && mvn -B -ntp -Dstyle.color=never "$@") >"$log" 2>&1 </dev/null || {
    grep -m3 '^\[ERROR\]' "$log" >&2 || true
    return 1
  }
}

# The S3 server's jars, into s3/target/lib; again only when the list of them has changed.
s3_parts() {
  local parts=$here/s3/target/lib log=$logs/s3-parts.log
  if [[ -e $parts && ! $here/s3/pom.xml -nt $parts ]]; then
    return
  fi
  say "fetching the S3 server's parts with Maven"
  rm -rf "$here/s3/target"
  maven_quietly "$log" -f stack/images/s3/pom.xml dependency:copy-dependencies \
    || fail "Maven could not fetch the S3 server's parts" "its log is $log"
  touch "$parts"
}

# The command line's jars, into prodstack/target/lib; built if they are not.
prodstack_parts() {
  local dist=$root/prodstack-cli/target/dist/lib parts=$here/prodstack/target/lib log=$logs/prodstack-parts.log jar
  if ! compgen -G "$dist/prodstack-cli-*.jar" >/dev/null; then
    say "building the command line with Maven (once, a minute or two)"
    maven_quietly "$log" -pl prodstack-cli -am package -DskipTests -Dmaven.javadoc.skip -Dmaven.source.skip \
      || fail "the command line could not be built" "the log is $log"
  fi
  rm -rf "$here/prodstack/target"
  mkdir -p "$parts"
  for jar in "$dist"/*.jar; do
    case $jar in
      *-sources.jar | *-javadoc.jar | *-tests.jar) ;;
      *) cp "$jar" "$parts/" ;;
    esac
  done
}
