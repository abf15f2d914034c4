#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "sheets_client/emulator/rest/field_mask.h"
#include "sheets_client/emulator/workbook/cell.h"

namespace sheets::emulator {

enum class Layout { kPretty, kCompact };

// Writes JSON text piece by piece, laid out as Google does (two blanks an indent), leaving out what a field
// mask does not name. Answers of many megabytes never exist as a document.
// The caller keeps begin and end, and key and value, in pairs.
class JsonWriter {
 public:
  explicit JsonWriter(Layout layout, MaskNode mask = {});

  // Starts a member. False when the mask leaves it out: then no value may be written for it.
  [[nodiscard]] bool key(std::string_view name);
  // Whether the mask names what stands at the end of `path`, in the object that is being written or that is
  // the value of the key just written.
  bool wants(std::initializer_list<std::string_view> path) const;

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();

  void string(std::string_view text);
  void number(double number);
  void boolean(bool flag);
  // A document whose members the mask filters too.
  void json(const Json& document);

  // A member that a mask may leave out.
  void member(std::string_view name, const Json& document) {
    if (key(name)) json(document);
  }

  // The text, which ends with a line break when it is pretty. The writer is spent.
  std::string take();

 private:
  struct Level {
    bool empty;
    const MaskNode* mask;  // nullptr: everything
  };
  void before_value();
  void new_line();
  void begin(char bracket);
  void end(char bracket);
  const MaskNode* current_mask() const;

  Layout layout_;
  MaskNode mask_;
  std::vector<Level> levels_;
  bool after_key_ = false;
  const MaskNode* key_mask_ = nullptr;
  std::string text_;
};

}  // namespace sheets::emulator
