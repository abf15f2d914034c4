#include "core/formula/characters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/fields/text.h"

namespace roadmap::formula {
namespace {

constexpr std::string_view kPlainName = "a name is made of the letters a to z, digits and _";
constexpr std::string_view kOtherAlphabet =
    "a letter of another alphabet, even where it looks the same; a name is made of the letters a to z, "
    "digits "
    "and _";
constexpr std::string_view kNoText = "text in quotes has no place in a formula, write a number or a name";
constexpr std::string_view kNoPowerSigns = "there are no powers, multiply instead: a * a";
constexpr std::string_view kNoComparisons = "there are no comparisons, min and max choose between values";
constexpr std::string_view kNoLogic = "there are no conditions, min and max choose between values";
constexpr std::string_view kNoCurrency = "write the amount without a currency sign";
constexpr std::string_view kBrackets = "group with ( and )";
constexpr std::string_view kOnePerLine = "write one assignment a line";
constexpr std::string_view kInvisible = "an invisible character, delete it";
constexpr std::string_view kOddSpace = "an unusual space, type a plain one";
constexpr std::string_view kOddBreak = "an unusual line break, press Enter instead";
constexpr std::string_view kPlainDigits = "write the digits 0 to 9";

struct Advice {
  char32_t first;
  char32_t last;
  std::string_view text;
};

// Sorted by code point. What people type out of habit, and what word processors and other keyboards put in
// the place of the ASCII character.
constexpr std::array kAdvice = {
    Advice{0x00, 0x0A, kInvisible},
    Advice{0x0B, 0x0C, kOddBreak},
    Advice{0x0D, 0x1F, kInvisible},
    Advice{'!', '!', kNoComparisons},
    Advice{'"', '"', kNoText},
    Advice{'$', '$', kNoCurrency},
    Advice{'&', '&', kNoLogic},
    Advice{'\'', '\'', kNoText},
    Advice{'.', '.', "a name has no parts, write it with _: cost_per_ticket"},
    Advice{':', ':', "a remark begins with #"},
    Advice{';', ';', kOnePerLine},
    Advice{'<', '<', kNoComparisons},
    Advice{'>', '>', kNoComparisons},
    Advice{'?', '?', kNoLogic},
    Advice{'[', '[', kBrackets},
    Advice{'\\', '\\', "an assignment stands on one line"},
    Advice{']', ']', kBrackets},
    Advice{'^', '^', kNoPowerSigns},
    Advice{'`', '`', kNoText},
    Advice{'{', '{', kBrackets},
    Advice{'|', '|', kNoLogic},
    Advice{'}', '}', kBrackets},
    Advice{'~', '~', kNoLogic},
    Advice{0x7F, 0x84, kInvisible},
    Advice{0x85, 0x85, kOddBreak},
    Advice{0x86, 0x9F, kInvisible},
    Advice{0xA2, 0xA5, kNoCurrency},
    Advice{0xAB, 0xAB, kNoText},
    Advice{0xAD, 0xAD, kInvisible},
    Advice{0xB2, 0xB3, kNoPowerSigns},
    Advice{0xB4, 0xB4, kNoText},
    Advice{0xB7, 0xB7, "write *"},
    Advice{0xB9, 0xB9, kNoPowerSigns},
    Advice{0xBB, 0xBB, kNoText},
    Advice{0xC0, 0xD6, kPlainName},
    Advice{0xD7, 0xD7, "write *"},
    Advice{0xD8, 0xF6, kPlainName},
    Advice{0xF7, 0xF7, "write /"},
    Advice{0xF8, 0x24F, kPlainName},
    Advice{0x370, 0x58F, kOtherAlphabet},
    Advice{0x660, 0x669, kPlainDigits},
    Advice{0x6F0, 0x6F9, kPlainDigits},
    Advice{0x966, 0x96F, kPlainDigits},
    Advice{0x1680, 0x1680, kOddSpace},
    Advice{0x1E00, 0x1EFF, kPlainName},
    Advice{0x2000, 0x200A, kOddSpace},
    Advice{0x200B, 0x200F, kInvisible},
    Advice{0x2010, 0x2015, "write -"},
    Advice{0x2018, 0x201F, kNoText},
    Advice{0x2022, 0x2022, "write *"},
    Advice{0x2028, 0x2029, kOddBreak},
    Advice{0x202A, 0x202E, kInvisible},
    Advice{0x202F, 0x202F, kOddSpace},
    Advice{0x2032, 0x2033, kNoText},
    Advice{0x2039, 0x203A, kNoText},
    Advice{0x2044, 0x2044, "write /"},
    Advice{0x205F, 0x205F, kOddSpace},
    Advice{0x2060, 0x206F, kInvisible},
    Advice{0x2070, 0x2079, kNoPowerSigns},
    Advice{0x20A0, 0x20CF, kNoCurrency},
    Advice{0x2212, 0x2212, "write -"},
    Advice{0x2215, 0x2215, "write /"},
    Advice{0x2217, 0x2217, "write *"},
    Advice{0x2219, 0x2219, "write *"},
    Advice{0x2260, 0x2260, kNoComparisons},
    Advice{0x2264, 0x2265, kNoComparisons},
    Advice{0x22C5, 0x22C5, "write *"},
    Advice{0x2715, 0x2716, "write *"},
    Advice{0x2795, 0x2795, "write +"},
    Advice{0x2796, 0x2796, "write -"},
    Advice{0x2797, 0x2797, "write /"},
    Advice{0x3000, 0x3000, kOddSpace},
    Advice{0xFE00, 0xFE0F, kInvisible},
    Advice{0xFEFF, 0xFEFF, kInvisible},
    Advice{0xFF05, 0xFF05, "write %"},
    Advice{0xFF08, 0xFF08, "write ("},
    Advice{0xFF09, 0xFF09, "write )"},
    Advice{0xFF0A, 0xFF0A, "write *"},
    Advice{0xFF0B, 0xFF0B, "write +"},
    Advice{0xFF0C, 0xFF0C, "write ,"},
    Advice{0xFF0D, 0xFF0D, "write -"},
    Advice{0xFF0E, 0xFF0E, "write ."},
    Advice{0xFF0F, 0xFF0F, "write /"},
    Advice{0xFF10, 0xFF19, kPlainDigits},
    Advice{0xFF1D, 0xFF1D, "write ="},
    Advice{0xFF21, 0xFF5A, kOtherAlphabet},
};

// Whether a message names the character by its code alone.
bool looks_like_nothing(const Advice& advice) {
  return advice.text == kInvisible || advice.text == kOddSpace || advice.text == kOddBreak;
}

const Advice* advice_for(char32_t code) {
  const auto* const found = std::lower_bound(kAdvice.begin(), kAdvice.end(), code,
                                             [](const Advice& a, char32_t c) { return a.last < c; });
  return found != kAdvice.end() && found->first <= code ? found : nullptr;
}

constexpr std::size_t kMaxQuoted = 24;

}  // namespace

Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const Character no_utf8{lead, 1, lead < 0x80U};
  std::size_t size = 1;
  if (lead >= 0xC2U && lead <= 0xDFU) size = 2;
  if (lead >= 0xE0U && lead <= 0xEFU) size = 3;
  if (lead >= 0xF0U && lead <= 0xF4U) size = 4;
  if (size == 1 || text.size() < size) return no_utf8;
  char32_t code = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if (!continues_character(text[i])) return no_utf8;
    code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800,
                                                 0x10000};  // by size: no longer than need be
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kSmallest.at(size) || code > 0x10FFFF || surrogate) return no_utf8;
  return {code, size, true};
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count)
    text.remove_prefix(first_character(text).size);
  return count;
}

bool breaks_lines_elsewhere(Character character) {
  if (!character.valid) return false;
  const Advice* const advice = advice_for(character.code);
  return advice != nullptr && advice->text == kOddBreak;
}

std::string refusal_of(Character character, std::string_view text) {
  if (!character.valid)
    return fmt::format("the byte 0x{:02X} is no readable character: delete it",
                       static_cast<unsigned>(character.code));
  const Advice* const advice = advice_for(character.code);
  const auto number = static_cast<unsigned>(character.code);
  std::string name = fmt::format("U+{:04X}", number);
  if (advice == nullptr || !looks_like_nothing(*advice)) {
    const std::string_view shown = text.substr(0, character.size);
    name = character.code < 0x80 ? fmt::format("'{}'", shown) : fmt::format("'{}' ({})", shown, name);
  }
  if (advice == nullptr) return name + " is not part of a formula";
  return fmt::format("{} is not part of a formula: {}", name, advice->text);
}

std::string quotable(std::string_view text) { return shortened(text, kMaxQuoted); }

std::string quoted(std::string_view text) { return "'" + quotable(text) + "'"; }

}  // namespace roadmap::formula
