#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {

// Members of a message that a mask names, as a tree. A node without children stands for everything below it.
struct MaskNode {
  std::string name;
  std::vector<MaskNode> children;

  const MaskNode* find(std::string_view child) const;
  bool whole() const { return children.empty(); }
  bool names(std::string_view child) const { return whole() || find(child); }
};

// A mask with a path that its message does not have.
class MaskError : public ApiError {
 public:
  MaskError(std::string_view mask, std::string wrong_path)
      : ApiError(invalid_mask(mask, wrong_path)), path(std::move(wrong_path)) {}
  std::string path;  // up to the name that is wrong
};

// "sheets(properties.title,data/rowData)" and "*". `message` is the type that the paths start from, named as
// in the API's schema. Names may be in snake_case. Throws MaskError. An empty mask names everything.
MaskNode parse_field_mask(std::string_view mask, std::string_view message);

}  // namespace sheets::emulator
