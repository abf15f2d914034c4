#include "core/formula/quotation.h"

namespace roadmap::formula {
namespace {

constexpr std::size_t kMaxQuoted = 24;

}  // namespace

std::string quotable(std::string_view text) {
  if (text.size() <= kMaxQuoted) return std::string(text);
  return std::string(text.substr(0, kMaxQuoted)) + "…";
}

std::string quoted(std::string_view text) { return "'" + quotable(text) + "'"; }

}  // namespace roadmap::formula
