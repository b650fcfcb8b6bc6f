# Turns languages/NAME.txt into one C table of texts. A new language is a new file: nothing here names one.
# English is not among them: its texts are in the tables of the library, languages/en.txt is made from those.

# The entries of one catalogue as C string literals: key, text, key, text.
function(nct_language_entries file out)
  file(READ "${file}" text)
  string(REPLACE "\r" "" text "\n${text}\n")
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  string(REPLACE "?" "\\?" text "${text}") # no trigraphs
  string(REGEX REPLACE "\n#[^\n]*" "" text "${text}")
  string(REGEX REPLACE "\n[ \t]*\n" "\n" text "${text}")
  string(REGEX REPLACE "\n\\| ?([^\n]*)" " \"\\1\\\\n\"" text "${text}")
  string(REGEX REPLACE "\n([^ =\n]+) *= *([^ \"\n][^\n]*)" "\n    \"\\1\", \"\\2\"," text "${text}")
  string(REGEX REPLACE "\n([^ =\n]+) *=( [^\n]*)" "\n    \"\\1\",\\2," text "${text}")
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# nct_languages(<variable>): the path of the C source with all catalogues.
function(nct_languages out)
  set(source "${PROJECT_BINARY_DIR}/generated/languages.c")
  file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/languages/*.txt")
  set(tables "")
  set(rows "")
  foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME_WE)
    if(name STREQUAL "en")
      continue()
    endif()
    set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    string(MAKE_C_IDENTIFIER "${name}" identifier)
    nct_language_entries("${file}" entries)
    string(APPEND tables "static const char *const texts_${identifier}[] = {${entries}};\n\n")
    string(APPEND rows "    {\"${name}\", texts_${identifier}, sizeof texts_${identifier} / sizeof *texts_${identifier} / 2},\n")
  endforeach()
  string(CONCAT text "/* Made by cmake/NctLanguages.cmake. */\n#include \"language/catalogue.h\"\n\n${tables}"
         "const struct nct_catalogue nct_builtin_catalogues[] = {\n${rows}};\n"
         "const size_t nct_builtin_catalogue_count = sizeof nct_builtin_catalogues / sizeof *nct_builtin_catalogues;\n")
  file(CONFIGURE OUTPUT "${source}" CONTENT "@text@" @ONLY)
  set(${out} "${source}" PARENT_SCOPE)
endfunction()
