#!/usr/bin/env bash
# What ../shared/real says of the program: no figure may fall behind tests/shared/recorded.json.
set -eu
exec "${EMEND_PYTHON:-python3}" -B "$EMEND_SOURCE/tests/shared/figures.py" real
