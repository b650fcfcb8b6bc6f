#!/usr/bin/env bash
# The story of scripts/demo with something broken before every step, and bits that flip. Usage: test_broken.sh PROGRAM
set -euo pipefail
python3 "$(dirname "${BASH_SOURCE[0]}")/broken_story.py" "$1"
