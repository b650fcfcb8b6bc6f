# Two components: nctracks_runtime (what a program needs to run) and nctracks_development (the rest). The static
# library is exported in a file of its own, because only its users need libsodium's development files.

include(CMakePackageConfigHelpers)
include(JoinPaths)

set(NCT_INSTALL_CMAKEDIR "${CMAKE_INSTALL_LIBDIR}/cmake/nctracks")

install(
  TARGETS nctracks
  EXPORT nctracksTargets
  RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT nctracks_runtime
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT nctracks_runtime NAMELINK_COMPONENT nctracks_development
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT nctracks_development)
install(
  TARGETS nctracks_static
  EXPORT nctracksStaticTargets
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT nctracks_development)

install(FILES "${PROJECT_SOURCE_DIR}/include/nctracks.h" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
        COMPONENT nctracks_development)
install(FILES ${NCT_HEADERS} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/nctracks" COMPONENT nctracks_development)

foreach(export nctracksTargets nctracksStaticTargets)
  install(EXPORT ${export} NAMESPACE nctracks:: DESTINATION "${NCT_INSTALL_CMAKEDIR}" COMPONENT nctracks_development)
endforeach()

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/nctracksConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/nctracksConfig.cmake" INSTALL_DESTINATION "${NCT_INSTALL_CMAKEDIR}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/nctracksConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(
  FILES "${PROJECT_BINARY_DIR}/nctracksConfig.cmake" "${PROJECT_BINARY_DIR}/nctracksConfigVersion.cmake"
        "${PROJECT_SOURCE_DIR}/cmake/Findsodium.cmake"
  DESTINATION "${NCT_INSTALL_CMAKEDIR}"
  COMPONENT nctracks_development)

# The prefix is told relative to the .pc file, so that `cmake --install --prefix` and moving the tree both work; an
# absolute library directory is outside the prefix, and then the prefix must be absolute too.
set(NCT_PC_DIR "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  set(NCT_PC_PREFIX "${CMAKE_INSTALL_PREFIX}")
else()
  file(RELATIVE_PATH NCT_PC_PREFIX "/prefix/${NCT_PC_DIR}" "/prefix")
  string(REGEX REPLACE "/$" "" NCT_PC_PREFIX "\${pcfiledir}/${NCT_PC_PREFIX}")
endif()
nct_join_paths(NCT_PC_LIBDIR "\${prefix}" "${CMAKE_INSTALL_LIBDIR}")
nct_join_paths(NCT_PC_INCLUDEDIR "\${prefix}" "${CMAKE_INSTALL_INCLUDEDIR}")
# Named by hand and not by Requires.private: pkg-config wants libsodium.pc for that even where nothing but the shared
# library is used.
get_filename_component(NCT_PC_SODIUM "${sodium_LIBRARY}" DIRECTORY)
if(NCT_PC_SODIUM IN_LIST CMAKE_C_IMPLICIT_LINK_DIRECTORIES)
  set(NCT_PC_SODIUM "-lsodium")
else()
  set(NCT_PC_SODIUM "-L${NCT_PC_SODIUM} -lsodium")
endif()
configure_file("${PROJECT_SOURCE_DIR}/nctracks.pc.in" "${PROJECT_BINARY_DIR}/nctracks.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/nctracks.pc" DESTINATION "${NCT_PC_DIR}" COMPONENT nctracks_development)

# The guide as it is read on a terminal; its HTML where it was built.
install(DIRECTORY "${PROJECT_SOURCE_DIR}/doc/" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT nctracks_development
        FILES_MATCHING PATTERN "*.md" PATTERN "images" EXCLUDE)
if(NCT_BUILD_DOCS)
  install(DIRECTORY "${PROJECT_BINARY_DIR}/doc/html" DESTINATION "${CMAKE_INSTALL_DOCDIR}"
          COMPONENT nctracks_development OPTIONAL)
endif()
install(FILES "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/CHANGELOG.md"
        DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT nctracks_development)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" "${PROJECT_SOURCE_DIR}/doc/receipt.cddl"
              "${PROJECT_SOURCE_DIR}/doc/ledger.cddl" "${PROJECT_SOURCE_DIR}/doc/checkpoint.cddl"
              "${PROJECT_SOURCE_DIR}/doc/key.cddl" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT nctracks_development)

# The interface as data, for generators of bindings.
install(FILES "${PROJECT_SOURCE_DIR}/doc/api.json" "${PROJECT_SOURCE_DIR}/doc/api.schema.json"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/nctracks" COMPONENT nctracks_development)
