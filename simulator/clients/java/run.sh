#!/usr/bin/env bash
# Compiles a program with Twilio's Java library below FOLDER, and lets it drive the simulator.
#
# Usage: CALLS=… TWILIO_BASE_URL=… TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… run.sh FOLDER
set -euo pipefail

folder=${1:?usage: run.sh FOLDER}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${TWILIO_BASE_URL:?is not set}" "${TWILIO_ACCOUNT_SID:?is not set}" "${TWILIO_AUTH_TOKEN:?is not set}" "${CALLS:?is not set}"
# The library would take a region from here and ask other hosts.
unset TWILIO_REGION TWILIO_EDGE

mkdir -p "$folder/classes"
if [ -z "${INSTALLED:-}" ]; then
  # Maven only fetches the library: its path is kept as long as the file that pins it stays as it is.
  if ! cmp --silent "$here/pom.xml" "$folder/pom.xml" || ! [ -s "$folder/path" ]; then
    (cd "$here" && mvn --quiet --batch-mode dependency:build-classpath "-Dmdep.outputFile=$folder/path")
    cp "$here/pom.xml" "$folder/pom.xml"
  fi
  javac -Xlint:all,-processing -Werror -d "$folder/classes" -cp "$(cat "$folder/path")" "$here"/*.java
  echo "twilio for Java, $(sed -n 's|.*/twilio-\([0-9.]*\)\.jar.*|\1|p' "$folder/path")"
fi
java -XX:TieredStopAtLevel=1 -cp "$folder/classes:$(cat "$folder/path")" Drive
