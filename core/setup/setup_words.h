#pragma once

#include <string>
#include <vector>

#include "core/setup/setup_plan.h"

namespace roadmap {

// A tab's steps in words, a sentence without subject each: "add the headers Title and Status, each with a
// note". Steps of one kind share a line. Reads as what is done, and as what would be.
std::vector<std::string> in_words(const TabSetup& plan);

// One step in words: "add the header Status".
std::string in_words(const SetupStep& step);

}  // namespace roadmap
