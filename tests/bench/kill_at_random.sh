#!/usr/bin/env bash
# Ends the window 200 times (or as often as the first argument says) by SIGKILL at random moments while
# it makes pictures, and compares what is there at the end with what an undisturbed program made:
#
#   tests/bench/kill_at_random.sh [TIMES] [BUILD FOLDER]
set -euo pipefail

root=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
export ATELIER_KILLS=${1:-200}
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
exec "${2:-$root/build/release}/tests/app_kill_test"
