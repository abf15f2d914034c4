# embed_files(TARGET PREFIX FILE…): puts each file into the target's library as it is, between the symbols
# PREFIX_NAME_begin and PREFIX_NAME_end; NAME is the file's without its ending.
function(embed_files target prefix)
  set(assembly "  .section .rodata\n")
  foreach(file IN LISTS ARGN)
    get_filename_component(name ${file} NAME_WE)
    set(symbol ${prefix}_${name})
    string(APPEND assembly
      "  .global ${symbol}_begin\n  .global ${symbol}_end\n${symbol}_begin:\n  .incbin \"${file}\"\n${symbol}_end:\n")
  endforeach()
  string(APPEND assembly "  .section .note.GNU-stack,\"\",%progbits\n")
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${prefix}_files.S)
  file(CONFIGURE OUTPUT ${source} CONTENT "${assembly}" @ONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${ARGN}")
  target_sources(${target} PRIVATE ${source})
endfunction()
