# cmake --install and `cpack -G DEB`: the executable, its unit, an account, the example configuration, the pages.
# The package's unit is the one of deploy/; /etc/roadmapd/config.toml is a conffile: an upgrade keeps it.
include(GNUInstallDirs)
set(ROADMAPD_SYSCONFDIR "/etc/roadmapd" CACHE STRING "Where the configuration is installed")

install(TARGETS roadmapd RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES deploy/roadmapd.service DESTINATION lib/systemd/system)
install(FILES deploy/roadmapd.sysusers DESTINATION lib/sysusers.d RENAME roadmapd.conf)
install(FILES config.example.toml DESTINATION ${ROADMAPD_SYSCONFDIR} RENAME config.toml
        PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ)
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
set(CPACK_DEBIAN_PACKAGE_DEPENDS "ca-certificates")
configure_file(${CMAKE_CURRENT_LIST_DIR}/debian_postinst.in ${PROJECT_BINARY_DIR}/debian/postinst COPYONLY
               FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
file(WRITE ${PROJECT_BINARY_DIR}/debian/conffiles "${ROADMAPD_SYSCONFDIR}/config.toml\n")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/debian/postinst ${PROJECT_BINARY_DIR}/debian/conffiles)
include(CPack)
