# What ctest runs beside the GoogleTest binary. All of it finds the program and the checkout in its environment: EMEND,
# EMEND_SOURCE, EMEND_PYTHON, and EMEND_SHARED if the folder ../shared is there.
find_program(EMEND_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)  # the one that apt's modules belong to
find_program(EMEND_PYTHON NAMES python3)  # building needs none; without one, the tests that do fail
find_program(EMEND_BASH NAMES bash REQUIRED)
get_filename_component(EMEND_SHARED ${PROJECT_SOURCE_DIR}/../shared ABSOLUTE)

# emend_test(NAME COMMAND...): registers a test with that environment; one that hangs is ended after 25 minutes.
function(emend_test name)
  add_test(NAME ${name} COMMAND ${ARGN})
  set(environment EMEND=$<TARGET_FILE:emend> EMEND_SOURCE=${PROJECT_SOURCE_DIR} EMEND_PYTHON=${EMEND_PYTHON})
  if(IS_DIRECTORY ${EMEND_SHARED})
    list(APPEND environment EMEND_SHARED=${EMEND_SHARED})
  endif()
  set_tests_properties(${name} PROPERTIES ENVIRONMENT "${environment}" TIMEOUT 1500)
endfunction()

# emend_script_tests(PREFIX FOLDER): each script FOLDER/NAME.sh becomes the test PREFIX/NAME.
function(emend_script_tests prefix folder)
  file(GLOB scripts CONFIGURE_DEPENDS ${folder}/*.sh)
  foreach(script ${scripts})
    get_filename_component(name ${script} NAME_WE)
    emend_test(${prefix}/${name} ${EMEND_BASH} ${script})
    set_tests_properties(${prefix}/${name} PROPERTIES LABELS ${prefix})
  endforeach()
endfunction()

# emend_command_tests(FOLDER): each FOLDER/NAME.txt becomes the test commands/NAME; tests/run_commands.py says what they hold.
function(emend_command_tests folder)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.txt)
  foreach(file ${files})
    get_filename_component(name ${file} NAME_WE)
    emend_test(commands/${name} ${EMEND_PYTHON} ${PROJECT_SOURCE_DIR}/tests/run_commands.py --emend $<TARGET_FILE:emend> ${file})
    set_tests_properties(commands/${name} PROPERTIES LABELS commands)
  endforeach()
endfunction()

# emend_fuzz_targets(FOLDER): each FOLDER/NAME.cpp becomes the libFuzzer program fuzz_NAME. Only clang has libFuzzer.
function(emend_fuzz_targets folder)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "EMEND_FUZZ needs clang: cmake --preset fuzz")
  endif()
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.cpp)
  foreach(file ${files})
    get_filename_component(name ${file} NAME_WE)
    add_executable(fuzz_${name} ${file})
    target_link_libraries(fuzz_${name} PRIVATE emend_core emend_warnings)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  endforeach()
endfunction()
