# weights(TARGET FILE...): each table of weights, stages/NN-NAME.weights or stages/NN-NAME/NAME.weights, becomes the header
# weights/NAME.h, whose constants stand in the namespace emend::NAME; weights/all.h knows them all. With EMEND_SWEEP they are
# variables, which tests/bench/sweep.cpp sets.
set(WEIGHTS_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/weights-one.cmake)
function(weights target)
  set(includes "")
  set(visits "")
  foreach(file ${ARGN})
    get_filename_component(name ${file} NAME_WE)
    string(REGEX REPLACE "^[0-9]+-" "" name ${name})
    string(REPLACE "-" "_" name ${name})
    set(out ${CMAKE_CURRENT_BINARY_DIR}/weights/${name}.h)
    add_custom_command(OUTPUT ${out}
      COMMAND ${CMAKE_COMMAND} -DIN=${file} -DOUT=${out} -DNAME=${name} -DVARIABLE=${EMEND_SWEEP} -P ${WEIGHTS_SCRIPT}
      DEPENDS ${file} ${WEIGHTS_SCRIPT} VERBATIM)
    target_sources(${target} PRIVATE ${out})
    string(APPEND includes "#include \"weights/${name}.h\"\n")
    string(APPEND visits "  ${name}::each_weight(see);\n")
  endforeach()
  file(CONFIGURE OUTPUT weights/all.h CONTENT "#pragma once\n@includes@\nnamespace emend {\ntemplate <class See>\nvoid each_weight(See see) {\n@visits@}\n}  // namespace emend\n" @ONLY)
endfunction()
