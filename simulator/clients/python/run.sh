#!/usr/bin/env bash
# Installs Twilio's Python library in a virtual environment below FOLDER, and lets it drive the simulator.
#
# Usage: TWILIO_BASE_URL=… TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… run.sh FOLDER
set -euo pipefail

folder=${1:?usage: run.sh FOLDER}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${TWILIO_BASE_URL:?is not set}" "${TWILIO_ACCOUNT_SID:?is not set}" "${TWILIO_AUTH_TOKEN:?is not set}"
# The library would take a region from here and ask other hosts.
unset TWILIO_REGION TWILIO_EDGE

python=${PYTHON:-python3}
export PYTHONDONTWRITEBYTECODE=1
if [ -z "${INSTALLED:-}" ]; then
  [ -x "$folder/venv/bin/python" ] || "$python" -m venv "$folder/venv"
  "$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
  echo "twilio for Python, $("$folder/venv/bin/python" -c 'import twilio; print(twilio.__version__)')"
  "$folder/venv/bin/python" "$here/check.py"
fi
# What `cargo xtask clients` has written down of all products.
if [ -n "${CALLS:-}" ]; then "$folder/venv/bin/python" "$here/drive.py"; fi
