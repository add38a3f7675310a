# What setup, run and test share. Sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
readonly root

step() { printf '\n==> %s\n' "$*"; }
fail() { printf 'cormorant: %s\n' "$*" >&2; exit 3; }

# One compiler for each processor, but not more than memory has room for (about 1 GB each).
jobs_for_this_machine()
{
    local processors memory
    processors=$(nproc)
    memory=$(awk '/^MemAvailable:/ {print int($2 / 1048576)}' /proc/meminfo)
    ((memory >= 1)) || memory=1
    echo $((processors < memory ? processors : memory))
}

# build PRESET [TARGET...]: configure and build in build/PRESET. Ninja shows how far it is.
build()
{
    local preset=$1
    shift
    step "Building, preset $preset (the first time takes minutes)"
    (cd "$root" && cmake --preset "$preset" --log-level=WARNING &&
        cmake --build --preset "$preset" -j "$(jobs_for_this_machine)" ${@:+--target "$@"})
}
