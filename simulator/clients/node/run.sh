#!/usr/bin/env bash
# Installs Twilio's Node library below FOLDER, and lets it drive the simulator.
#
# Usage: TWILIO_BASE_URL=… TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… run.sh FOLDER
set -euo pipefail

folder=${1:?usage: run.sh FOLDER}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${TWILIO_BASE_URL:?is not set}" "${TWILIO_ACCOUNT_SID:?is not set}" "${TWILIO_AUTH_TOKEN:?is not set}"
# The library would take a region from here and ask other hosts, and a proxy does not know the simulator.
unset TWILIO_REGION TWILIO_EDGE

mkdir -p "$folder"
cp "$here"/{package.json,package-lock.json,check.js,drive.js,transport.js} "$folder/"
cd "$folder"
if [ -z "${INSTALLED:-}" ]; then
  # What is pinned is kept as long as it stays as it is.
  if ! cmp --silent package-lock.json node_modules/.pinned; then
    npm ci --silent --no-audit --no-fund --ignore-scripts
    cp package-lock.json node_modules/.pinned
  fi
  echo "twilio for Node, $(node -p 'require("twilio/package.json").version')"
  env --unset=HTTP_PROXY node check.js
fi
unset HTTP_PROXY
# What `cargo xtask clients` has written down of all products.
if [ -n "${CALLS:-}" ]; then node drive.js; fi
