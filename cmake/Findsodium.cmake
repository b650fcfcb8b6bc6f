# Finds libsodium, which brings no CMake package: through pkg-config, else by name.
#
# Defines the target sodium::sodium, and sodium_FOUND, sodium_VERSION.
# It is also installed beside nctracksConfig.cmake, for users of the static library.

find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(PC_SODIUM QUIET libsodium)
endif()

find_path(sodium_INCLUDE_DIR NAMES sodium.h HINTS ${PC_SODIUM_INCLUDE_DIRS})
find_library(sodium_LIBRARY NAMES sodium libsodium HINTS ${PC_SODIUM_LIBRARY_DIRS})
mark_as_advanced(sodium_INCLUDE_DIR sodium_LIBRARY)

if(sodium_INCLUDE_DIR AND EXISTS "${sodium_INCLUDE_DIR}/sodium/version.h")
  file(STRINGS "${sodium_INCLUDE_DIR}/sodium/version.h" sodium_VERSION REGEX "#define SODIUM_VERSION_STRING")
  string(REGEX REPLACE ".*\"([0-9.]+).*" "\\1" sodium_VERSION "${sodium_VERSION}")
endif()

# With -m32, or for another machine, the libsodium of this one is found where there is no other: said here, that is
# understood; the linker would say it at the end. Asked each time, because what is installed changes.
get_property(sodium_languages GLOBAL PROPERTY ENABLED_LANGUAGES)
if(sodium_LIBRARY AND sodium_INCLUDE_DIR AND "C" IN_LIST sodium_languages)
  include(CheckCSourceCompiles)
  set(CMAKE_REQUIRED_INCLUDES "${sodium_INCLUDE_DIR}")
  set(CMAKE_REQUIRED_LIBRARIES "${sodium_LIBRARY}")
  set(CMAKE_REQUIRED_QUIET TRUE)
  unset(sodium_LINKS CACHE)
  check_c_source_compiles("#include <sodium.h>\nint main(void) { return sodium_init(); }" sodium_LINKS)
  if(NOT sodium_LINKS)
    set(sodium_wrong "${sodium_LIBRARY} cannot be linked for the machine that is compiled for. Install libsodium for that one \
(on Debian, for -m32: libsodium-dev:i386), or name its file with -Dsodium_LIBRARY=")
    unset(sodium_LIBRARY CACHE)
  endif()
  unset(CMAKE_REQUIRED_INCLUDES)
  unset(CMAKE_REQUIRED_LIBRARIES)
  unset(CMAKE_REQUIRED_QUIET)
endif()

include(FindPackageHandleStandardArgs)
if(sodium_wrong)
  find_package_handle_standard_args(sodium REQUIRED_VARS sodium_LINKS REASON_FAILURE_MESSAGE "${sodium_wrong}")
else()
  find_package_handle_standard_args(
    sodium
    REQUIRED_VARS sodium_LIBRARY sodium_INCLUDE_DIR
    VERSION_VAR sodium_VERSION)
endif()
unset(sodium_wrong)

if(sodium_FOUND AND NOT TARGET sodium::sodium)
  add_library(sodium::sodium UNKNOWN IMPORTED)
  set_target_properties(sodium::sodium PROPERTIES IMPORTED_LOCATION "${sodium_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES
                                                                                        "${sodium_INCLUDE_DIR}")
endif()
