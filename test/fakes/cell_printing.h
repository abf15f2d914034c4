#pragma once

#include <catch2/catch.hpp>

#include "core/fields/cell.h"

// Failed checks show cells as people read them.
template <>
struct Catch::StringMaker<roadmap::Cell> {
  static std::string convert(const roadmap::Cell& cell) {
    return roadmap::is_blank(cell) ? "(empty)" : "'" + roadmap::to_text(cell) + "'";
  }
};
