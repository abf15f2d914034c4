# roadmapd_options: the flags of every target of the project, and of no dependency.
add_library(roadmapd_options INTERFACE)
target_include_directories(roadmapd_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(roadmapd_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -fno-omit-frame-pointer)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports std::string moves inside std::variant as maybe uninitialised (GCC bug 105562).
  target_compile_options(roadmapd_options INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
  # In a unity batch every source stands in a header, so to speak: its anonymous types are one file's all the same.
  if(CMAKE_UNITY_BUILD)
    target_compile_options(roadmapd_options INTERFACE -Wno-subobject-linkage)
  endif()
endif()

if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # One source's names shadow another's in a batch; GCC tells the difference, and scripts/check compiles file by file.
  target_compile_options(roadmapd_options INTERFACE -Wno-shadow)
endif()

if(ROADMAPD_SANITIZE)
  target_compile_options(roadmapd_options INTERFACE
    -fsanitize=${ROADMAPD_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(roadmapd_options INTERFACE -fsanitize=${ROADMAPD_SANITIZE})
endif()
