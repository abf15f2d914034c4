// Commands that only print what the program knows.
#include <fmt/format.h>

#include <iostream>

#include "app/commands/commands.h"
#include "app/config/config.h"
#include "app/http/openapi.h"
#include "app/process/files.h"
#include "app/web/asset.h"
#include "core/errors.h"

namespace roadmap::app {
namespace {

std::string embedded(std::string_view path) {
  const Asset* asset = find_asset(path);
  if (asset == nullptr) throw Error("menu", fmt::format("{} is not part of this program", path));
  return plain_content(*asset);
}

}  // namespace

int print_openapi() {
  std::cout << openapi_document() << "\n";
  return kExitOk;
}

int print_example_config() {
  std::cout << example_config();
  return kExitOk;
}

int print_menu(const std::string& out_file) {
  const std::string menu = embedded("/menu.gs");
  if (out_file.empty()) {
    std::cout << menu;
    return kExitOk;
  }
  write_file(out_file, menu);
  std::cout << fmt::format(
      "The menu code is in {}. In each workbook: Extensions, Apps Script; replace all of Code.gs with that "
      "file;\n"
      "Project Settings, \"Show appsscript.json manifest file in editor\"; replace that file with:\n\n{}\n"
      "Save, reload the workbook, and choose Set up connection in its menu.\n",
      out_file, embedded("/menu/appsscript.json"));
  return kExitOk;
}

}  // namespace roadmap::app
