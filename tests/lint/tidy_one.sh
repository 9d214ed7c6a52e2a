#!/usr/bin/env bash
# Usage: tidy_one.sh MARKS "FILE HEADER…": clang-tidy on FILE, unless a file in the folder MARKS says that the same content
# of it, of those headers and of .clang-tidy was found clean before.
set -euo pipefail

marks=$1
read -ra files <<<"$2"
mark=$marks/$(cat .clang-tidy "${BASH_SOURCE[0]}" "${files[@]}" | sha256sum | cut -c1-40)
[[ -e $mark ]] && exit

flags=(-std=c++20 -I. -isystem "${GENERATED:-build}" -Wall -Wextra -Wno-unknown-warning-option)
if clang-tidy-14 --quiet "${files[0]}" -- "${flags[@]}" >"$mark.$$" 2>&1; then
    rm "$mark.$$"
    touch "$mark"
else
    grep -vE '^[0-9]+ warnings? (generated|treated)' "$mark.$$" >&2
    rm "$mark.$$"
    exit 1
fi
