# nct_join_paths(<variable> <base> <part>...): joins like a file system would: an absolute part begins anew.
# ${prefix}/${CMAKE_INSTALL_LIBDIR} is wrong where a distribution sets an absolute directory.
function(nct_join_paths variable base)
  set(path "${base}")
  foreach(part IN LISTS ARGN)
    if(IS_ABSOLUTE "${part}")
      set(path "${part}")
    elseif(NOT part STREQUAL "")
      string(APPEND path "/${part}")
    endif()
  endforeach()
  set(${variable} "${path}" PARENT_SCOPE)
endfunction()
