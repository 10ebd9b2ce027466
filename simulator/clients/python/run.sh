#!/usr/bin/env bash
# Installs Twilio's Python library into FOLDER and runs check.py against the simulator that the environment names:
#   TWILIO_BASE_URL=… TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… run.sh FOLDER
set -euo pipefail

folder=${1:?"usage: run.sh FOLDER"}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

mkdir -p "$folder"
python3 -m venv "$folder/venv"
# All versions are pinned, so nothing else may come along.
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
    --requirement "$here/requirements.txt"
exec "$folder/venv/bin/python" -B "$here/check.py"
