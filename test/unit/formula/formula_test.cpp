#include "core/formula/formula.h"

#include <catch2/catch.hpp>

using namespace roadmap;
