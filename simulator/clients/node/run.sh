#!/usr/bin/env bash
# Installs Twilio's Node library into FOLDER and runs check.mjs against the simulator that the environment names:
#   TWILIO_BASE_URL=… TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… run.sh FOLDER
set -euo pipefail

folder=${1:?"usage: run.sh FOLDER"}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

mkdir -p "$folder"
# Node looks for packages beside the script, so the script goes where they are.
cp "$here/package.json" "$here/package-lock.json" "$here/check.mjs" "$folder/"
cd "$folder"
npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
exec node check.mjs
