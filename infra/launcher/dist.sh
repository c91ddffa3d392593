# The launcher's dist command, read by it: what a Spark cluster needs of Sluice, in one folder.
# shellcheck shell=bash
# shellcheck disable=SC2154  # root and java_home are the launcher's

# The name of a jar without version and extension.
artifact_of() {
  local name=${1##*/}
  name=${name%.jar}
  echo "${name%%-[0-9]*}"
}

# class_path_of MODULE: the class path of a module that is nothing else, in its target folder.
class_path_of() {
  local file=$root/$1/target/classpath
  [[ $file -nt $root/$1/pom.xml && $file -nt $root/pom.xml ]] ||
    { find_maven && run_maven "$root/target/build-${1##*/}.log" -pl "$1" generate-resources; } ||
    die 70 "the build of $1 failed; see target/build-${1##*/}.log"
  echo "$file"
}

dist_usage() {
  cat <<'TEXT'
Usage: sluice dist [FOLDER]
Makes the folder that a Spark cluster needs: sluice.jar, lib/, logging.jar and sluice-submit
(docs/operating.md). FOLDER (default: target/dist) is made new; one that dist made before is
replaced as a whole, any other that is not empty is refused (64).

Example:
  sluice dist /opt/sluice
TEXT
}

# place_of FOLDER: its path from the root, without slashes at the end; ends 64 where something lies
# that dist did not make.
place_of() {
  local place=${1%%+(/)}
  [[ $place == /* || -z $place ]] || place=$PWD/$place
  [[ -n $place ]] || die 64 "dist makes a folder of its own, such as /opt/sluice; got '$1'"
  [[ ! -d $place ]] || place=$(cd -- "$place" && pwd) || die 64 "$1 cannot be entered; name another folder"
  [[ ! -e $place || -d $place ]] || die 64 "$place is a file; name a folder that dist may make"
  [[ ! -d $place || -z $(ls -A -- "$place") || (-f $place/sluice.jar && -f $place/sluice-submit) ]] ||
    die 64 "$place holds other things (no sluice.jar and sluice-submit), and dist would remove them;" \
      "name a new or empty folder, such as $place/sluice"
  echo "$place"
}

# run_dist [FOLDER]: the dist command; everything wrong is told before anything is built.
run_dist() {
  local folder
  if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    dist_usage
    return
  fi
  [[ $# -le 1 && ${1:-} != -* ]] || die 64 "dist takes one folder and no options; got '$*'"
  folder=$(place_of "${1:-$root/target/dist}") || exit
  find_java
  build
  make_dist "$folder"
}

# make_dist FOLDER: sluice.jar, lib/ with all that Spark does not bring itself, logging.jar,
# sluice-submit. Built beside the folder, which is replaced when all is there.
make_dist() {
  local folder=$1 draft jar
  local -A sparks=()
  local -a ours
  local sparks_file
  sparks_file=$(class_path_of infra/cluster)
  while IFS= read -r jar; do sparks[$(artifact_of "$jar")]=1; done \
    < <(tr ':' '\n' <"$sparks_file")
  mapfile -t ours < <(tr ':' '\n' <"$root/pipelines/target/classpath")
  mkdir -p "$(dirname "$folder")"
  draft=$(mktemp -d "$folder.XXXXXX")
  # shellcheck disable=SC2064  # the name as it is now
  trap "rm -rf $(printf %q "$draft")" EXIT
  chmod 755 "$draft"
  mkdir "$draft/lib"
  for jar in "${ours[@]}"; do
    [[ -n ${sparks[$(artifact_of "$jar")]:-} ]] || cp "$jar" "$draft/lib/"
  done
  cp "$(jar_of pipelines)" "$draft/sluice.jar"
  # Log4j starts before what --jars brings, so what keeps values out of logs has a jar of its own.
  "$java_home/bin/jar" --create --file "$draft/logging.jar" -C "$root/pipelines/target/classes" log4j2.component.properties \
    -C "$root/pipelines/target/classes" dev/sluice/pipelines/logging || die 70 "logging.jar could not be made"
  cp "$root/infra/cluster/sluice-submit" "$root/infra/cluster/sluice-land@.service" "$draft/"
  cp "$root/pipelines/src/main/resources/dev/sluice/pipelines/config/production.sluice.yaml" "$draft/"
  rm -rf "$folder"
  mv "$draft" "$folder"
  say "$folder: sluice.jar, logging.jar, $(find "$folder/lib" -name '*.jar' | wc -l) jars in lib/," \
    "$(du -sm "$folder" | cut -f1) MB; docs/operating.md says how to use it"
}
