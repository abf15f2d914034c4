#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sheets::emulator {

// Members of a message that a mask names, as a tree. A node without children stands for everything below it.
struct MaskNode {
  std::string name;
  std::vector<MaskNode> children;

  const MaskNode* find(std::string_view child) const;
  bool whole() const { return children.empty(); }
};

// "sheets(properties.title,data/rowData)" and "*". `message` is the type that the paths start from, a name of
// message_fields.h. Throws ApiError (invalid_mask) for a path that the message does not have. An empty mask
// names everything.
MaskNode parse_field_mask(std::string_view mask, std::string_view message);

}  // namespace sheets::emulator
