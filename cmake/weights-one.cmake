# Writes OUT, a header with the weights of the table IN in the namespace NAME: constants, or variables if VARIABLE is on. The
# form of a table is told in CONTRIBUTING.md. What is wrong in it is said with its line.
cmake_minimum_required(VERSION 3.22)
get_filename_component(shown ${IN} NAME)
file(READ ${IN} text)
string(REGEX REPLACE "[][;\\\\]" " " text "${text}")  # they would mean something to a list of CMake
string(REPLACE "\n" ";" lines "${text}")
set(keyword "inline constexpr")
if(VARIABLE)
  set(keyword "inline")
endif()

set(constants "")
set(visits "")
set(names "")
set(at 0)
set(weight "")
macro(wrong what)
  message(FATAL_ERROR "${shown}:${at}: weight '${weight}' ${what}")
endmacro()
# What a finished block must have.
macro(close_block)
  if(weight)
    foreach(field value unit why swept)
      if(NOT DEFINED said_${field})
        wrong("has no ${field}")
      endif()
      unset(said_${field})
    endforeach()
  endif()
endmacro()

foreach(line IN LISTS lines)
  math(EXPR at "${at} + 1")
  if(line MATCHES "^(#.*)?$")
    continue()
  elseif(NOT line MATCHES "^(weight|value|unit|why|swept)  +([^ ].*)$")
    wrong("is followed by what is no field: weight, value, unit, why or swept")
  endif()
  set(field ${CMAKE_MATCH_1})
  set(content "${CMAKE_MATCH_2}")
  if(field STREQUAL "weight")
    close_block()
    set(weight "${content}")
    if(NOT weight MATCHES "^[a-z][a-z_]*$")
      wrong("is no name of letters and underscores")
    elseif(weight IN_LIST names)
      wrong("stands here twice")
    endif()
    list(APPEND names ${weight})
  elseif(NOT weight)
    wrong("has a ${field} before its name")
  elseif(DEFINED said_${field} AND NOT field STREQUAL "why" AND NOT field STREQUAL "swept")
    wrong("has a second ${field}")
  else()
    set(said_${field} TRUE)
  endif()
  if(field STREQUAL "value")
    if(content MATCHES "^-?[0-9]+[.][0-9]+$")
      set(type "double")
    elseif(content MATCHES "^[+-][0-9]+$")
      set(type "int")
    elseif(content MATCHES "^[0-9]+$")
      set(type "std::size_t")
    elseif(content MATCHES "^([0-9]+)%$")
      set(type "std::uint8_t")
      set(content ${CMAKE_MATCH_1})
    else()
      wrong("has a value that is no share (0.75), score (+4, -2), count (12) or certainty (70%)")
    endif()
    string(APPEND constants "${keyword} ${type} ${weight} = ${content};\n")
    string(APPEND visits "  see(\"${NAME}.${weight}\", ${weight});\n")
  endif()
endforeach()
close_block()

set(made "// Made of ${shown}.
#pragma once
#include <cstddef>
#include <cstdint>

namespace emend::${NAME} {

${constants}
template <class See>
void each_weight(See see) {
${visits}}

}  // namespace emend::${NAME}
")
set(old "")
if(EXISTS ${OUT})
  file(READ ${OUT} old)
endif()
if(NOT old STREQUAL made)  # what is only said of a weight compiles nothing again
  file(WRITE ${OUT} "${made}")
endif()
