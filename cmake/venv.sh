#!/bin/sh
# Makes a Python environment and prints its interpreter.
#
#   cmake/venv.sh FOLDER REQUIREMENTS
#
# Does nothing if it is there already with these requirements.
set -eu
folder=$1
requirements=$2
if ! cmp -s "$requirements" "$folder/requirements.txt"; then
  python3 -m venv --clear "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check \
    --requirement "$requirements" >&2
  cp "$requirements" "$folder/requirements.txt"
fi
echo "$folder/bin/python"
