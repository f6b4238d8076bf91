# embed(TARGET NAME FILE...): compiles the bytes of FILE into TARGET as `extern const std::string_view emend::embedded::NAME`,
# so that the program needs no installed data. Chunked, because compilers limit the length of one literal.
set(EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed-one.cmake)
# Several files are joined in the order given.
function(embed target name)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded/${name}.cpp)
  string(REPLACE ";" "|" files "${ARGN}")
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} "-DIN=${files}" -DOUT=${out} -DNAME=${name} -P ${EMBED_SCRIPT}
    DEPENDS ${ARGN} ${EMBED_SCRIPT} VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
