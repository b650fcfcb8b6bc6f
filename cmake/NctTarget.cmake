# What is said about targets of this project, and about nobody else's: language, warnings, sanitizers, hardening.

include(CheckCCompilerFlag)
include(CheckLinkerFlag)

set(NCT_WARNINGS
    -Wall
    -Wextra
    -Wpedantic
    -Wshadow
    -Wconversion
    -Wsign-conversion
    -Wcast-qual
    -Wwrite-strings
    -Wformat=2
    -Wundef
    -Wvla)
set(NCT_WARNINGS_C -Wmissing-prototypes -Wstrict-prototypes)

# Attaches the sanitizers of NCT_SANITIZE to a target.
function(nct_target_sanitize target)
  if(NCT_SANITIZE)
    string(REPLACE ";" "," names "${NCT_SANITIZE}")
    target_compile_options(${target} PRIVATE -fsanitize=${names} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PRIVATE -fsanitize=${names})
  endif()
  if(NCT_FUZZ)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
endfunction()

# C11 without extensions, unless whoever builds asks for another standard; warnings, sanitizers.
function(nct_target_defaults target)
  if(NOT CMAKE_C_STANDARD AND NOT "$ENV{CFLAGS} ${CMAKE_C_FLAGS}" MATCHES "-std=")
    set_target_properties(${target} PROPERTIES C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF)
  endif()
  target_compile_options(${target} PRIVATE ${NCT_WARNINGS} "$<$<COMPILE_LANGUAGE:C>:${NCT_WARNINGS_C}>"
                                           "$<$<BOOL:${NCT_WERROR}>:-Werror>")
  nct_target_sanitize(${target})
endfunction()

# Stack and library-call checks, where the compiler has them. _FORTIFY_SOURCE needs optimisation and disturbs sanitizers;
# a level that whoever builds has chosen is left as it is.
function(nct_target_harden target)
  set(flags -fstack-protector-strong -fstack-clash-protection -fcf-protection)
  if(WIN32) # GCC ends with an internal error where it has to describe such a frame to Windows
    list(REMOVE_ITEM flags -fstack-clash-protection)
  endif()
  foreach(flag IN LISTS flags)
    string(MAKE_C_IDENTIFIER "NCT_HAS${flag}" has)
    check_c_compiler_flag("-Werror ${flag}" ${has})
    if(${has})
      target_compile_options(${target} PRIVATE ${flag})
    endif()
  endforeach()
  if(NOT NCT_SANITIZE AND NOT "$ENV{CFLAGS} $ENV{CPPFLAGS} ${CMAKE_C_FLAGS}" MATCHES "_FORTIFY_SOURCE")
    target_compile_options(${target} PRIVATE "$<$<NOT:$<CONFIG:Debug,>>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>")
  endif()
endfunction()

# Exports what the map names and nothing else, and resolves everything when the library is linked.
function(nct_target_exports target map)
  if(APPLE OR WIN32)
    return()
  endif()
  target_link_options(${target} PRIVATE "LINKER:--version-script=${map}")
  set_target_properties(${target} PROPERTIES LINK_DEPENDS "${map}")
  check_linker_flag(C "LINKER:-z,relro,-z,now" NCT_HAS_RELRO)
  if(NCT_HAS_RELRO)
    target_link_options(${target} PRIVATE "LINKER:-z,relro,-z,now")
  endif()
  # The run-time of a sanitizer is resolved in the program, not in the library.
  if(NOT NCT_SANITIZE AND NOT NCT_FUZZ)
    target_link_options(${target} PRIVATE "LINKER:-z,defs")
  endif()
endfunction()
