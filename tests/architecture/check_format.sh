#!/usr/bin/env bash
# Fails when a C++ file is not laid out as .clang-format says. Exit status 77: skipped.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v clang-format >/dev/null; then
    echo "skipped: clang-format is not installed (installer/setup --tests installs it)"
    exit 77
fi
if git rev-parse --git-dir >/dev/null 2>&1; then
    list=(git ls-files -z -co --exclude-standard -- '*.h' '*.cpp')
else
    list=(find ormcore ui app tests \( -name '*.h' -o -name '*.cpp' \) -print0)
fi
mapfile -d '' -t files < <("${list[@]}")
((${#files[@]})) || { echo "no C++ files here"; exit 0; }
printf '%s\0' "${files[@]}" | xargs -0 -n 40 -P 2 clang-format --dry-run -Werror
echo "${#files[@]} files are formatted"
