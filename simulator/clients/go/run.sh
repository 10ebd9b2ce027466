#!/usr/bin/env bash
# Builds a program with Twilio's Go library below FOLDER, and lets it drive the simulator.
#
# Usage: CALLS=… TWILIO_BASE_URL=… TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… run.sh FOLDER
set -euo pipefail

folder=${1:?usage: run.sh FOLDER}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${TWILIO_BASE_URL:?is not set}" "${TWILIO_ACCOUNT_SID:?is not set}" "${TWILIO_AUTH_TOKEN:?is not set}" "${CALLS:?is not set}"
# The library would take a region from here and ask other hosts.
unset TWILIO_REGION TWILIO_EDGE

mkdir -p "$folder"
if [ -z "${INSTALLED:-}" ]; then
  (cd "$here" && go build -mod=readonly -o "$folder/drive" .)
  echo "twilio for Go, $(cd "$here" && go list -m -f '{{.Version}}' github.com/twilio/twilio-go)"
fi
"$folder/drive"
