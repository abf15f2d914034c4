#include "sheets_client/emulator/a1_range.h"
#include "sheets_client/emulator/api_call.h"
#include "sheets_client/emulator/render.h"

namespace sheets::emulator {
namespace {

RenderOptions render_options(const ApiCall& call) {
  return {parse_value_render(call.param("valueRenderOption"), "value_render_option"),
          parse_date_time_render(call.param("dateTimeRenderOption"), "date_time_render_option"),
          parse_dimension(call.param("majorDimension"), "major_dimension")};
}

}  // namespace

std::string get_values(const ApiCall& call) {
  const auto workbook = call.workbook();
  const RenderOptions options = render_options(call);
  JsonWriter writer = call.answer("ValueRange");
  Calculation calculation(call.store);
  const SheetRange range = resolve_range(*workbook, call.route.range);
  writer.begin_object();
  write_value_range(writer, calculation, *workbook, *range.sheet, range.rect, options);
  writer.end_object();
  return writer.take();
}

std::string batch_get_values(const ApiCall& call) {
  const auto workbook = call.workbook();
  const RenderOptions options = render_options(call);
  JsonWriter writer = call.answer("BatchGetValuesResponse");
  Calculation calculation(call.store);
  std::vector<SheetRange> ranges;
  for (const auto& [name, text] : call.request.query) {
    if (name == "ranges") ranges.push_back(resolve_range(*workbook, text));
  }
  writer.begin_object();
  writer.string_member("spreadsheetId", workbook->id);
  if (!ranges.empty() && writer.key("valueRanges")) {
    writer.begin_array();
    for (const SheetRange& range : ranges) {
      writer.begin_object();
      write_value_range(writer, calculation, *workbook, *range.sheet, range.rect, options);
      writer.end_object();
    }
    writer.end_array();
  }
  writer.end_object();
  return writer.take();
}

}  // namespace sheets::emulator
