# What `cmake --install` installs: the library, its header and messages, the
# command if it was built, and what find_package and pkg-config need. Every
# path is relative to the prefix, so an installed tree may be moved.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

option(INFLUENCE_INSTALL "Install the library" ${PROJECT_IS_TOP_LEVEL})
if(NOT INFLUENCE_INSTALL)
  return()
endif()

install(TARGETS influence EXPORT influence
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
if(INFLUENCE_BUNDLED)
  install(FILES "${PROJECT_BINARY_DIR}/abi/c/libinfluence.a"
    DESTINATION "${CMAKE_INSTALL_LIBDIR}")
endif()
install(FILES "${PROJECT_SOURCE_DIR}/include/influence/influence.h"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/influence")
install(FILES "${PROJECT_SOURCE_DIR}/proto/influence/abi1/influence.proto"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/influence/proto/influence/abi1")

# The command finds the library beside which it was installed.
if(TARGET influence_cli)
  file(RELATIVE_PATH bin_to_lib "${CMAKE_INSTALL_FULL_BINDIR}"
    "${CMAKE_INSTALL_FULL_LIBDIR}")
  set_target_properties(influence_cli PROPERTIES
    INSTALL_RPATH "$ORIGIN/${bin_to_lib}")
  install(TARGETS influence_cli RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()

# Any later library of the same major version serves: what may change within
# it is written in influence.h and CHANGELOG.md, and that is additions only.
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/influence")
install(EXPORT influence NAMESPACE influence:: FILE influenceTargets.cmake
  DESTINATION "${package_dir}")
configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/influenceConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/influenceConfig.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/influenceConfigVersion.cmake"
  COMPATIBILITY SameMajorVersion)
install(FILES "${PROJECT_BINARY_DIR}/influenceConfig.cmake"
  "${PROJECT_BINARY_DIR}/influenceConfigVersion.cmake"
  DESTINATION "${package_dir}")

set(pkgconfig_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
file(RELATIVE_PATH pkgconfig_to_prefix
  "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/influence.pc.in"
  "${PROJECT_BINARY_DIR}/influence.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/influence.pc"
  DESTINATION "${pkgconfig_dir}")

set(doc_dir "${CMAKE_INSTALL_DATAROOTDIR}/doc/influence")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE"
  "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/CHANGELOG.md"
  DESTINATION "${doc_dir}")
foreach(id IN LISTS INFLUENCE_ALGORITHMS)
  install(FILES "${PROJECT_SOURCE_DIR}/src/algorithm/${id}/SPEC.md"
    DESTINATION "${doc_dir}/${id}")
endforeach()
