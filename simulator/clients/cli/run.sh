#!/usr/bin/env bash
# Installs Twilio's command line below FOLDER, and lets it drive the simulator.
#
# Usage: CALLS=… TWILIO_BASE_URL=… TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… run.sh FOLDER
set -euo pipefail

folder=${1:?usage: run.sh FOLDER}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${TWILIO_BASE_URL:?is not set}" "${TWILIO_ACCOUNT_SID:?is not set}" "${TWILIO_AUTH_TOKEN:?is not set}" "${CALLS:?is not set}"
# It would take a region from here and ask other hosts, and a proxy does not know the simulator.
unset TWILIO_REGION TWILIO_EDGE HTTP_PROXY HTTPS_PROXY http_proxy https_proxy

mkdir -p "$folder"
cp "$here"/{package.json,package-lock.json,drive.js,redirect.js} "$folder/"
cd "$folder"
if [ -z "${INSTALLED:-}" ]; then
  # What is pinned is kept as long as it stays as it is.
  if ! cmp --silent package-lock.json node_modules/.pinned; then
    npm ci --silent --no-audit --no-fund --ignore-scripts
    cp package-lock.json node_modules/.pinned
  fi
fi
# No profile of the person who runs this, and no look for a newer release.
export HOME="$folder/home" XDG_CONFIG_HOME="$folder/home" XDG_CACHE_HOME="$folder/home" TWILIO_SKIP_NEW_VERSION_CHECK=true
export NODE_OPTIONS="--require $folder/redirect.js"
if [ -z "${INSTALLED:-}" ]; then
  echo "twilio-cli, $(node -p 'require("twilio-cli/package.json").version')"
  # As a person would: one command, in a process of its own.
  node_modules/.bin/twilio api:core:accounts:fetch --sid "$TWILIO_ACCOUNT_SID" -o json | grep --quiet "$TWILIO_ACCOUNT_SID"
fi
node drive.js
