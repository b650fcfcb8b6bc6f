# The target docs: HTML pages from the public headers and doc/*.md; a warning fails it.

find_package(Doxygen 1.9.4 REQUIRED)

set(NCT_DOXYGEN_MAINPAGE "")
if(EXISTS "${PROJECT_SOURCE_DIR}/README.md")
  set(NCT_DOXYGEN_MAINPAGE "${PROJECT_SOURCE_DIR}/README.md")
endif()
configure_file("${PROJECT_SOURCE_DIR}/doc/Doxyfile.in" "${PROJECT_BINARY_DIR}/Doxyfile" @ONLY)
add_custom_target(
  docs
  COMMAND Doxygen::doxygen "${PROJECT_BINARY_DIR}/Doxyfile"
  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
  COMMENT "Documentation in ${PROJECT_BINARY_DIR}/doc/html"
  VERBATIM)
