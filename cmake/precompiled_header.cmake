# Catch2's header is most of the time that a test file takes to compile. In the debug preset it is compiled
# once and shared by all test executables. Not in the other presets: they compile in unity batches, where it is
# read once a batch, and ccache must be able to answer.
option(ROADMAPD_PRECOMPILE "Share one precompiled Catch2 header among the tests (GCC)" OFF)

if(ROADMAPD_PRECOMPILE)
  # A target of its own: catch_main.cpp defines CATCH_CONFIG_MAIN and must see the header for the first time.
  file(CONFIGURE OUTPUT catch_precompiled.cpp CONTENT "// Owns the precompiled header.\n")
  add_library(catch_precompiled OBJECT ${CMAKE_CURRENT_BINARY_DIR}/catch_precompiled.cpp)
  target_link_libraries(catch_precompiled PRIVATE roadmapd_options)
  target_precompile_headers(catch_precompiled PRIVATE <catch2/catch.hpp>)
endif()

# use_precompiled_catch(TARGET): its sources find <catch2/catch.hpp> compiled already.
function(use_precompiled_catch target)
  if(ROADMAPD_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM catch_precompiled)
  endif()
endfunction()
