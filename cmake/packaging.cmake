# cmake --install and `cpack -G DEB`: the executable, its unit, an account, the example configuration, the pages.
# The package makes /etc/roadmapd/config.toml of the example where there is none, and never touches it again.
# test/delivery/package installs, upgrades and removes it.
include(GNUInstallDirs)

install(TARGETS roadmapd RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES deploy/roadmapd.service DESTINATION lib/systemd/system)
install(FILES deploy/roadmapd.sysusers DESTINATION lib/sysusers.d RENAME roadmapd.conf)
# The example, but for the place of the ledger: beside /etc/roadmapd/config.toml the service may not write.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS config.example.toml)
file(READ config.example.toml ROADMAPD_CONFIG)
string(REPLACE "path = \"roadmap.db\"" "path = \"/var/lib/roadmapd/roadmap.db\"" ROADMAPD_INSTALLED_CONFIG "${ROADMAPD_CONFIG}")
if(ROADMAPD_INSTALLED_CONFIG STREQUAL ROADMAPD_CONFIG)
  message(FATAL_ERROR "config.example.toml names no ledger.path to put the installed one in the place of")
endif()
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/debian/config.toml CONTENT "${ROADMAPD_INSTALLED_CONFIG}" @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/debian/config.toml DESTINATION ${CMAKE_INSTALL_DATADIR}/roadmapd)
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)
install(DIRECTORY scripts/appsscript deploy DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME roadmapd)
set(CPACK_PACKAGE_VENDOR "roadmapd")
set(CPACK_PACKAGE_CONTACT "roadmapd maintainers <maintainers@example.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "The jobs behind the Roadmap menu in Google Sheets")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, ca-certificates")
foreach(script postinst prerm postrm)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/debian_${script}.in ${PROJECT_BINARY_DIR}/debian/${script} COPYONLY
                 FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
  list(APPEND CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/debian/${script})
endforeach()
include(CPack)
