#include "sheets_client/emulator/rest/field_mask.h"

#include <algorithm>

#include "sheets_client/emulator/rest/api_schema.h"

namespace sheets::emulator {
namespace {

constexpr int kMaxMaskDepth = 20;

// A node that is being built: `everything` marks what a path ended in, so that "a,a.b" stays all of a.
struct Branch {
  std::string name;
  bool everything = false;
  std::vector<Branch> children;

  Branch& child(std::string_view wanted) {
    const auto found =
        std::find_if(children.begin(), children.end(), [&](const Branch& b) { return b.name == wanted; });
    if (found != children.end()) return *found;
    children.push_back({std::string(wanted), false, {}});
    return children.back();
  }
};

MaskNode finished(const Branch& branch) {
  MaskNode node{branch.name, {}};
  if (branch.everything) return node;
  for (const Branch& child : branch.children)
    node.children.push_back(finished(child));
  return node;
}

// Recursive descent over "a.b(c,d/e),f".
class MaskParser {
 public:
  explicit MaskParser(std::string_view mask) : mask_(mask) {}

  void parse(Branch& root, const SchemaMessage* message) {
    list(root, message, "", 0);
    if (at_ != mask_.size()) fail(mask_);
  }

 private:
  [[noreturn]] void fail(std::string_view path) const { throw MaskError(mask_, std::string(path)); }

  void list(Branch& parent, const SchemaMessage* message, const std::string& path, int depth) {
    if (depth > kMaxMaskDepth) fail(path);
    do {
      one_path(parent, message, path, depth);
    } while (take(','));
  }

  // `message`: what the path goes on from; nullptr below what has no members.
  void one_path(Branch& parent, const SchemaMessage* message, std::string path, int depth) {
    Branch* node = &parent;
    bool key = false;  // the next name is the key of a map
    while (true) {
      const std::string_view name = word();
      if (name == "*") {
        node->everything = true;
        return;
      }
      if (!path.empty()) path += '.';
      path += name;
      const SchemaField* field = message && !key ? message->find(name) : nullptr;
      if (name.empty() || (!field && !key)) fail(path);
      node = &node->child(field ? field->name : name);
      key = field && field->map;
      if (field) message = ApiSchema::instance().find_message(field->type);
      if (take('(')) {
        list(*node, message, path, depth + 1);
        if (!take(')')) fail(path);
        return;
      }
      if (!take('.') && !take('/')) break;
    }
    node->everything = true;
  }

  std::string_view word() {
    while (take(' ')) {
    }
    const std::size_t end = std::min(mask_.find_first_of(",./()", at_), mask_.size());
    std::string_view name = mask_.substr(at_, end - at_);
    at_ = end;
    while (!name.empty() && name.back() == ' ')
      name.remove_suffix(1);
    return name;
  }

  bool take(char c) {
    if (at_ >= mask_.size() || mask_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string_view mask_;
  std::size_t at_ = 0;
};

}  // namespace

const MaskNode* MaskNode::find(std::string_view child) const {
  const auto found = std::find_if(children.begin(), children.end(),
                                  [&](const MaskNode& node) { return node.name == child; });
  return found == children.end() ? nullptr : &*found;
}

MaskNode parse_field_mask(std::string_view mask, std::string_view message) {
  Branch root;
  if (mask.empty()) return {};
  MaskParser(mask).parse(root, ApiSchema::instance().find_message(message));
  return finished(root);
}

}  // namespace sheets::emulator
