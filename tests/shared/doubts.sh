#!/usr/bin/env bash
# What ../shared/bench and real documents say of what the program doubts: no figure may fall behind tests/shared/recorded.json.
set -eu
exec "${EMEND_PYTHON:-python3}" -B "$EMEND_SOURCE/tests/shared/figures.py" doubts
