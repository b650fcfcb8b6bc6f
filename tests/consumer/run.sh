#!/usr/bin/env bash
# The consumers: run.sh install|find_package|pkg_config|subdirectory|python
# CMakeLists.txt here says what the environment must hold.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
prefix="$NCT_WORK/moved/usr"
libdir="$prefix/$NCT_LIBDIR"

cmake_build() {
    local source=$1 build=$2
    shift 2
    rm -rf "$build"
    "$NCT_CMAKE" -S "$source" -B "$build" "$@" >"$build.log" || { cat "$build.log"; return 1; }
    "$NCT_CMAKE" --build "$build" >>"$build.log" || { cat "$build.log"; return 1; }
}

# Installs to one folder and moves it: nothing may remember where it was.
install_library() {
    rm -rf "$NCT_WORK"
    mkdir -p "$NCT_WORK/moved"
    "$NCT_CMAKE" --install "$NCT_BUILD" --prefix "$NCT_WORK/first" >"$NCT_WORK/install.log"
    mv "$NCT_WORK/first" "$prefix"
    if grep -rlF -e "$NCT_SOURCE" -e "$NCT_WORK" "$libdir/cmake" "$libdir/pkgconfig" "$prefix/include"; then
        echo "the files above name folders of the machine that built them" >&2
        return 1
    fi
}

# Where it was built; where no server can be installed, it is linked and not run.
on_postgresql() {
    local program=$1 code=0
    [ -x "$program" ] || return 0
    "$NCT_SOURCE/tests/support/postgresql_server" run \
        env LD_LIBRARY_PATH="$libdir" bash -c '"$0" "$NCT_TEST_POSTGRESQL"' "$program" || code=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 77 ]
}

find_package_consumer() {
    cmake_build "$here/find_package" "$NCT_WORK/find_package" "-DCMAKE_PREFIX_PATH=$prefix"
    "$NCT_WORK/find_package/with_shared"
    "$NCT_WORK/find_package/with_static"
    "$NCT_WORK/find_package/with_cxx"
    "$NCT_WORK/find_package/with_sqlite_store" "$NCT_WORK/find_package/portal.db"
    on_postgresql "$NCT_WORK/find_package/with_postgresql_store"
}

# The flags of the shared library are known also where libsodium.pc is not.
pkg_config_without_libsodium() {
    PKG_CONFIG_LIBDIR="$libdir/pkgconfig" pkg-config --cflags --libs nctracks >/dev/null
}

pkg_config_consumer() {
    local flags
    export PKG_CONFIG_PATH="$libdir/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
    read -ra flags <<<"$(pkg-config --cflags --libs nctracks)"
    "$CC" -std=c11 -Wall -Wextra -Werror "$here/consumer.c" "${flags[@]}" -o "$NCT_WORK/pkg_shared"
    LD_LIBRARY_PATH="$libdir" "$NCT_WORK/pkg_shared"
    pkg_config_without_libsodium
    read -ra flags <<<"$(pkg-config --cflags --libs nctracks-sqlite-store)"
    "$CC" -std=c11 -Wall -Wextra -Werror "$here/sqlite_store.c" "${flags[@]}" -o "$NCT_WORK/pkg_sqlite_store"
    rm -f "$NCT_WORK/pkg.db"
    LD_LIBRARY_PATH="$libdir" "$NCT_WORK/pkg_sqlite_store" "$NCT_WORK/pkg.db"

    if [ -f "$libdir/pkgconfig/nctracks-postgresql-store.pc" ]; then
        read -ra flags <<<"$(pkg-config --cflags --libs nctracks-postgresql-store)"
        "$CC" -std=c11 -Wall -Wextra -Werror "$here/postgresql_store.c" "${flags[@]}" -o "$NCT_WORK/pkg_postgresql_store"
        on_postgresql "$NCT_WORK/pkg_postgresql_store"
    fi

    # Where only the static library is installed, --static names all it needs.
    rm -rf "$NCT_WORK/static"
    cp -a "$NCT_WORK/moved" "$NCT_WORK/static"
    rm -f "$NCT_WORK/static/usr/$NCT_LIBDIR"/libnctracks.so*
    export PKG_CONFIG_PATH="$NCT_WORK/static/usr/$NCT_LIBDIR/pkgconfig"
    read -ra flags <<<"$(pkg-config --static --cflags --libs nctracks)"
    "$CC" -std=c11 "$here/consumer.c" "${flags[@]}" -o "$NCT_WORK/pkg_static"
    "$NCT_WORK/pkg_static"
}

subdirectory_consumer() {
    cmake_build "$here/subdirectory" "$NCT_WORK/subdirectory" "-DNCT_SOURCE=$NCT_SOURCE"
    "$NCT_WORK/subdirectory/with_nctracks"
    "$NCT_WORK/subdirectory/with_nctracks_static"
}

python_consumer() {
    local libraries=("$libdir"/libnctracks.so.*.*.*)
    python3 "$here/python/consumer.py" "${libraries[0]}"
}

case ${1:-} in
install) install_library ;;
find_package | pkg_config | subdirectory | python) "${1}_consumer" ;;
*)
    echo "usage: run.sh install|find_package|pkg_config|subdirectory|python" >&2
    exit 2
    ;;
esac
