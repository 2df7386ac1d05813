# Every target of the project is made by one of these functions, so that its
# flags are set in one place.
#
#   influence_layer(model SOURCES signals.cc DEPS base)
#   influence_test(fixed_test LABEL unit SOURCES fixed_test.cc DEPS base)
#   influence_proto_library(influence_proto_full PROTOS a.proto)
#   influence_check(layers LABEL lint SCRIPT CheckLayers.cmake [ARGS -DX=y])
#   influence_options(<target> [PUBLIC_CLIENT])
#
# A name in DEPS is a layer if influence_<name> is a target, else it is passed
# to target_link_libraries as it stands.
include_guard(GLOBAL)

option(INFLUENCE_WERROR "Treat compiler warnings as errors" OFF)
set(INFLUENCE_SANITIZE "" CACHE STRING
  "Sanitizers for every target, as -fsanitize= takes them: address,undefined")

# No multiplication and addition are fused and no arithmetic is reordered:
# wherever floating point is used, every build computes the same bits.
set(INFLUENCE_FLOAT_FLAGS -ffp-contract=off -fno-fast-math)
set(INFLUENCE_WARNING_FLAGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
if(INFLUENCE_WERROR)
  list(APPEND INFLUENCE_WARNING_FLAGS -Werror)
endif()
set(INFLUENCE_SANITIZE_FLAGS "")
if(INFLUENCE_SANITIZE)
  set(INFLUENCE_SANITIZE_FLAGS "-fsanitize=${INFLUENCE_SANITIZE}"
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
endif()

# The flags of a target that is written here, in C or in C++. PUBLIC_CLIENT
# leaves src/ off the include path: such a target sees what a user sees.
function(influence_options target)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "PUBLIC_CLIENT" "" "")
  set_target_properties(${target} PROPERTIES
    C_EXTENSIONS OFF
    CXX_EXTENSIONS OFF
    C_VISIBILITY_PRESET hidden
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON)
  target_compile_features(${target} PUBLIC cxx_std_17 c_std_11)
  target_compile_options(${target} PRIVATE ${INFLUENCE_WARNING_FLAGS}
    ${INFLUENCE_FLOAT_FLAGS} ${INFLUENCE_SANITIZE_FLAGS})
  target_link_options(${target} PRIVATE ${INFLUENCE_SANITIZE_FLAGS})
  if(NOT ARG_PUBLIC_CLIENT)
    target_include_directories(${target} PRIVATE
      "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>")
  endif()
endfunction()

function(influence_link_ target visibility)
  foreach(dep IN LISTS ARGN)
    if(TARGET influence_${dep})
      set(dep influence_${dep})
    endif()
    target_link_libraries(${target} ${visibility} ${dep})
  endforeach()
endfunction()

# An internal layer is a static library that is never installed; abi/ gathers
# all of them into the one shared library that is.
function(influence_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;DEPS")
  set(target "influence_${name}")
  add_library(${target} STATIC ${ARG_SOURCES})
  influence_options(${target})
  target_include_directories(${target} PUBLIC
    "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>")
  influence_link_(${target} PUBLIC ${ARG_DEPS})
endfunction()

# A GoogleTest executable, run once by ctest. LABEL is one of
# unit, property, golden, abi, install, lint, fuzz, deep.
function(influence_test name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "LABEL;TIMEOUT" "SOURCES;DEPS")
  add_executable(${name} ${ARG_SOURCES})
  influence_options(${name})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_compile_definitions(${name} PRIVATE
    INFLUENCE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  influence_link_(${name} PRIVATE ${ARG_DEPS} GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}"
    TIMEOUT ${ARG_TIMEOUT})
endfunction()

# A test that is a CMake script of cmake/. It is told SOURCE_DIR.
function(influence_check name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "LABEL;SCRIPT" "ARGS")
  add_test(NAME ${name} COMMAND "${CMAKE_COMMAND}"
    "-DSOURCE_DIR=${PROJECT_SOURCE_DIR}" ${ARG_ARGS}
    -P "${PROJECT_SOURCE_DIR}/cmake/${ARG_SCRIPT}")
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT 60
    SKIP_REGULAR_EXPRESSION "SKIPPED: ")
endfunction()

# The generated classes of some .proto files over the full protobuf runtime.
# For the command line tool and the tests only; the shipped library links none.
# A parent project's protobuf::libprotobuf and protobuf::protoc win.
function(influence_proto_library target)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "PROTOS")
  if(NOT TARGET protobuf::libprotobuf OR NOT TARGET protobuf::protoc)
    find_package(Protobuf REQUIRED)
  endif()
  set(out "${CMAKE_CURRENT_BINARY_DIR}/${target}")
  file(MAKE_DIRECTORY "${out}")
  set(protos "")
  set(imports "")
  set(generated "")
  set(headers "")
  foreach(proto IN LISTS ARG_PROTOS)
    get_filename_component(proto "${proto}" ABSOLUTE)
    get_filename_component(directory "${proto}" DIRECTORY)
    get_filename_component(stem "${proto}" NAME_WE)
    list(APPEND protos "${proto}")
    list(APPEND imports "-I${directory}")
    list(APPEND generated "${out}/${stem}.pb.cc")
    list(APPEND headers "${out}/${stem}.pb.h")
  endforeach()
  list(REMOVE_DUPLICATES imports)
  add_custom_command(OUTPUT ${generated} ${headers} DEPENDS ${protos}
    COMMAND protobuf::protoc ${imports} "--cpp_out=${out}" ${protos}
    VERBATIM)
  add_library(${target} STATIC ${generated} ${headers})
  target_compile_features(${target} PUBLIC cxx_std_17)
  target_compile_options(${target} PRIVATE -w ${INFLUENCE_SANITIZE_FLAGS})
  target_include_directories(${target} SYSTEM PUBLIC "${out}")
  target_link_libraries(${target} PUBLIC protobuf::libprotobuf)
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON
    CXX_EXTENSIONS OFF CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
endfunction()
