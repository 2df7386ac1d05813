# Every target of the project is made by one of these functions, so that its
# flags are set in one place.
#
#   influence_layer(model SOURCES profile.cc DEPS influence_base)
#   influence_test(exact_test LABEL unit SOURCES exact_test.cc
#                  DEPS influence_base)
#   influence_proto_library(influence_proto_full IMPORT proto
#                           PROTOS influence/abi1/influence.proto)
#   influence_check(layers LABEL lint SCRIPT check_layers.py [ARGS ...])
#   influence_compile_options(<target>)
include_guard(GLOBAL)

option(INFLUENCE_WERROR "Treat compiler warnings as errors" OFF)
set(INFLUENCE_SANITIZE "" CACHE STRING
  "Sanitizers for every target, as -fsanitize= takes them: address,undefined")

set(INFLUENCE_WARNING_FLAGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
if(INFLUENCE_WERROR)
  list(APPEND INFLUENCE_WARNING_FLAGS -Werror)
endif()
# Nothing is fused and nothing is reordered: wherever floating point is used,
# every build computes the same bits.
set(INFLUENCE_FLOAT_FLAGS -ffp-contract=off -fno-fast-math)
set(INFLUENCE_SANITIZE_FLAGS "")
if(INFLUENCE_SANITIZE)
  set(INFLUENCE_SANITIZE_FLAGS "-fsanitize=${INFLUENCE_SANITIZE}"
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
endif()

# The flags of a target that is written here, in C or in C++. The standards are
# private: a user of the library needs no C++ at all.
function(influence_compile_options target)
  set_target_properties(${target} PROPERTIES
    C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF
    CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${target} PRIVATE ${INFLUENCE_WARNING_FLAGS}
    ${INFLUENCE_FLOAT_FLAGS} ${INFLUENCE_SANITIZE_FLAGS})
  target_link_options(${target} PRIVATE ${INFLUENCE_SANITIZE_FLAGS})
  target_include_directories(${target} PRIVATE
    "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>")
  if(INFLUENCE_BUNDLED)
    # A unique symbol cannot be made local, and would be shared between copies.
    target_compile_options(${target} PRIVATE
      "$<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>")
  endif()
  # Clang puts a sanitizer's runtime into the program, so there a library may
  # have undefined symbols. A library item comes after any --no-undefined.
  get_target_property(type ${target} TYPE)
  if(INFLUENCE_SANITIZE AND type STREQUAL "SHARED_LIBRARY")
    target_link_libraries(${target} PRIVATE
      "$<$<CXX_COMPILER_ID:Clang>:-Wl,-z,undefs>")
  endif()
endfunction()

# The names of the layers, lowest first, in INFLUENCE_LAYERS; layers.txt is the
# one list of them.
file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/../src/layers.txt" layer_lines
  REGEX "^[a-z]+:")
set(INFLUENCE_LAYERS "")
foreach(line IN LISTS layer_lines)
  string(REGEX REPLACE ":.*" "" line "${line}")
  list(APPEND INFLUENCE_LAYERS "${line}")
endforeach()
if(NOT INFLUENCE_PAGES)
  list(REMOVE_ITEM INFLUENCE_LAYERS render)
endif()

# The ids of the algorithms, oldest first, in INFLUENCE_ALGORITHMS; registry.cc
# is the one list of them.
file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/../src/algorithm/registry.cc"
  registry_lines REGEX "^    {\"v[0-9]")
set(INFLUENCE_ALGORITHMS "")
foreach(line IN LISTS registry_lines)
  string(REGEX REPLACE "^    {\"([^\"]+)\".*" "\\1" line "${line}")
  list(APPEND INFLUENCE_ALGORITHMS "${line}")
endforeach()

# An internal layer, influence_<name>: a static library that is never
# installed. abi/ gathers all of them into the one shared library that is.
function(influence_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;DEPS")
  add_library(influence_${name} STATIC ${ARG_SOURCES})
  influence_compile_options(influence_${name})
  if(INFLUENCE_SANITIZE)
    # The tests spend their time here; the rest of such a build compiles twice
    # as fast without.
    target_compile_options(influence_${name} PRIVATE -O1)
  endif()
  target_include_directories(influence_${name} PUBLIC
    "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(influence_${name} PUBLIC ${ARG_DEPS})
endfunction()

# A GoogleTest executable, run by ctest as one test. LABEL is one of unit,
# property, golden, conformance, abi, cli, install, lint, docs, fuzz or deep;
# TIMEOUT is in seconds. The code is told INFLUENCE_SOURCE_DIR, the root of the
# project. A test that NEEDS_PAGES is left out of a build without them.
function(influence_test name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG
    "NEEDS_PAGES" "LABEL;TIMEOUT" "SOURCES;DEPS")
  if(ARG_NEEDS_PAGES AND NOT INFLUENCE_PAGES)
    return()
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  influence_compile_options(${name})
  # A test's own code is compiled far more often than it is run.
  target_compile_options(${name} PRIVATE "$<$<CONFIG:RelWithDebInfo>:-O1;-g1>")
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_compile_definitions(${name} PRIVATE
    INFLUENCE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}"
    TIMEOUT ${ARG_TIMEOUT})
  # All that a build under sanitizers needs to be worth running.
  if(NOT TARGET unit_tests)
    add_custom_target(unit_tests)
  endif()
  if("${ARG_LABEL}" STREQUAL "unit")
    add_dependencies(unit_tests ${name})
  endif()
endfunction()

# A test that is a Python script beside the caller. It is given the root of the
# project, then ARGS. It exits with 0 (fine), 1 (broken) or 77 (skipped, with
# its reason on stdout).
function(influence_check name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "LABEL;SCRIPT;TIMEOUT" "ARGS")
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
  add_test(NAME ${name} COMMAND Python3::Interpreter
    "${CMAKE_CURRENT_SOURCE_DIR}/${ARG_SCRIPT}" "${PROJECT_SOURCE_DIR}"
    ${ARG_ARGS})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}"
    TIMEOUT ${ARG_TIMEOUT} SKIP_RETURN_CODE 77)
endfunction()

# The generated classes of some .proto files, whose paths are relative to the
# folder IMPORT, over the full protobuf runtime. For the command and the tests
# only; the shipped library links none. A parent project's
# protobuf::libprotobuf and protobuf::protoc win.
function(influence_proto_library target)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "IMPORT" "PROTOS")
  if(NOT TARGET protobuf::libprotobuf OR NOT TARGET protobuf::protoc)
    find_package(Protobuf REQUIRED)
  endif()
  set(out "${CMAKE_CURRENT_BINARY_DIR}/${target}")
  file(MAKE_DIRECTORY "${out}")
  set(generated "")
  set(depends "")
  foreach(proto IN LISTS ARG_PROTOS)
    string(REGEX REPLACE "\\.proto$" "" stem "${proto}")
    list(APPEND depends "${ARG_IMPORT}/${proto}")
    list(APPEND generated "${out}/${stem}.pb.cc" "${out}/${stem}.pb.h")
  endforeach()
  add_custom_command(OUTPUT ${generated} DEPENDS ${depends}
    COMMAND protobuf::protoc "-I${ARG_IMPORT}" "--cpp_out=${out}"
      ${ARG_PROTOS}
    VERBATIM)
  add_library(${target} STATIC ${generated})
  influence_compile_options(${target})
  target_compile_options(${target} PRIVATE -w)
  target_include_directories(${target} SYSTEM PUBLIC "${out}")
  target_link_libraries(${target} PUBLIC protobuf::libprotobuf)
endfunction()
