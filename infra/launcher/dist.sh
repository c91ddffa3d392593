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

# make_dist FOLDER: sluice.jar, lib/ with all that Spark does not bring itself, logging.jar,
# sluice-submit.
make_dist() {
  local folder=$1 draft=$1.new jar
  local -A sparks=()
  local -a ours
  local sparks_file
  sparks_file=$(class_path_of infra/cluster)
  while IFS= read -r jar; do sparks[$(artifact_of "$jar")]=1; done \
    < <(tr ':' '\n' <"$sparks_file")
  mapfile -t ours < <(tr ':' '\n' <"$root/pipelines/target/classpath")
  rm -rf "$draft"
  mkdir -p "$draft/lib"
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
