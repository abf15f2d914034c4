#include <optional>
#include <utility>

#include "core/fields/text.h"
#include "core/store/cell_text.h"
#include "core/store/table_rows.h"

namespace roadmap {
namespace {

struct StoredBase {
  int row = 0;
  std::string cells;
};

std::optional<StoredBase> find_base(SqlConnection& database, const TabAddress& tab, const std::string& key) {
  return database
      .prepare("SELECT row, cells FROM sheet_rows WHERE spreadsheet_id = ? AND tab = ? AND row_key = ?")
      .bind_all(tab.spreadsheet_id, lower(tab.tab), key)
      .first([](const SqlStatement& row) {
        return StoredBase{static_cast<int>(row.integer(0)), row.text(1)};
      });
}

void put_base(SqlConnection& database, const TabAddress& tab, const std::string& key, int row,
              const std::string& cells) {
  database
      .prepare(
          "INSERT INTO sheet_rows (spreadsheet_id, tab, row_key, row, cells) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT DO UPDATE SET row = excluded.row, cells = excluded.cells")
      .bind_all(tab.spreadsheet_id, lower(tab.tab), key, row, cells)
      .run();
}

// Lets `change` change the cells of a row's base. A tab that never showed the row has none: there is nothing
// to compare with.
template <typename Change>
void change_base(SqlConnection& database, const TabAddress& tab, const std::string& key,
                 const Change& change) {
  const std::optional<StoredBase> known = find_base(database, tab, key);
  if (!known) return;
  BaseCells cells = from_base_text(known->cells);
  change(cells);
  std::string text = to_base_text(cells);
  if (text != known->cells) put_base(database, tab, key, known->row, text);
}

// These cells of a row have no pending value any more; `settle` sees each that had one.
template <typename Settle>
void end_pending(SqlConnection& database, const TabAddress& tab, const std::string& key,
                 const std::set<FieldId>& fields, const Settle& settle) {
  change_base(database, tab, key, [&](BaseCells& cells) {
    for (auto& [id, base] : cells) {
      if (!base.pending || !fields.contains(id)) continue;
      settle(base);
      base.pending.reset();
    }
  });
}

}  // namespace

std::map<std::string, RowBase> read_bases(SqlConnection& database, const TabAddress& tab, const char* with) {
  std::map<std::string, RowBase> bases;
  SqlStatement select = database.prepare(
      "SELECT row_key, row, cells FROM sheet_rows WHERE spreadsheet_id = ? AND tab = ? "
      "AND instr(cells, ?) > 0 ORDER BY row_key");
  select.bind_all(tab.spreadsheet_id, lower(tab.tab), with);
  while (select.step()) {
    std::string key = select.text(0);
    RowBase base{key, static_cast<int>(select.integer(1)), from_base_text(select.text(2))};
    bases.emplace_hint(bases.end(), std::move(key), std::move(base));
  }
  return bases;
}

std::vector<std::string> read_base_keys(SqlConnection& database, const TabAddress& tab) {
  return database
      .prepare("SELECT row_key FROM sheet_rows WHERE spreadsheet_id = ? AND tab = ? ORDER BY row_key")
      .bind_all(tab.spreadsheet_id, lower(tab.tab))
      .all([](const SqlStatement& row) { return row.text(0); });
}

void apply_base_change(SqlConnection& database, const BaseChange& change) {
  const std::optional<StoredBase> known = find_base(database, change.tab, change.key);
  BaseCells cells;
  if (known) cells = from_base_text(known->cells);
  for (const auto& [id, base] : change.cells)
    cells.insert_or_assign(id, base);
  std::string text = to_base_text(cells);
  if (known && known->row == change.row && known->cells == text) return;
  put_base(database, change.tab, change.key, change.row, text);
}

void confirm_base(SqlConnection& database, const TabAddress& tab, const std::string& key,
                  const std::set<FieldId>& fields) {
  end_pending(database, tab, key, fields, [](BaseCell& base) { base.sheet = base.stored = *base.pending; });
}

void forget_pending(SqlConnection& database, const TabAddress& tab, const std::string& key,
                    const std::set<FieldId>& fields) {
  end_pending(database, tab, key, fields, [](BaseCell&) {});
}

void leave_undecided(SqlConnection& database, const TabAddress& tab, const std::string& key, FieldId field,
                     const Cell& shown) {
  change_base(database, tab, key, [&](BaseCells& cells) {
    const auto seen = cells.find(field);
    BaseCell base = seen == cells.end() ? BaseCell{} : seen->second;
    base.pending.reset();
    base.kept = false;
    base.undecided = shown;
    cells.insert_or_assign(field, std::move(base));
  });
}

std::vector<PendingKeyWrite> read_pending_keys(SqlConnection& database) {
  return database
      .prepare(
          "SELECT initiative_key, spreadsheet_id, tab, row, title, requester_email, requesting_team "
          "FROM pending_key_writes ORDER BY id")
      .all([](const SqlStatement& row) {
        return PendingKeyWrite{row.text(0),
                               {row.text(1), row.text(2)},
                               static_cast<int>(row.integer(3)),
                               row.text(4),
                               row.text(5),
                               row.text(6)};
      });
}

void put_pending_key(SqlConnection& database, const PendingKeyWrite& pending) {
  database
      .prepare(
          "INSERT INTO pending_key_writes (initiative_key, spreadsheet_id, tab, row, title, requester_email, "
          "requesting_team) VALUES (?, ?, ?, ?, ?, ?, ?) "
          "ON CONFLICT (initiative_key) DO UPDATE SET spreadsheet_id = excluded.spreadsheet_id, "
          "tab = excluded.tab, row = excluded.row, title = excluded.title, "
          "requester_email = excluded.requester_email, requesting_team = excluded.requesting_team")
      .bind_all(pending.key, pending.tab.spreadsheet_id, lower(pending.tab.tab), pending.row, pending.title,
                pending.requester_email, pending.requesting_team)
      .run();
}

void delete_pending_key(SqlConnection& database, const std::string& key) {
  database.prepare("DELETE FROM pending_key_writes WHERE initiative_key = ?").bind(1, key).run();
}

std::optional<WriteIntent> read_open_intent(SqlConnection& database, const std::string& spreadsheet_id) {
  return database.prepare("SELECT intent FROM write_intents WHERE spreadsheet_id = ?")
      .bind_all(spreadsheet_id)
      .first([](const SqlStatement& row) { return read_intent(row.text(0)); });
}

void put_intent(SqlConnection& database, const WriteIntent& intent) {
  const std::string text = intent_text(intent);
  database.prepare("INSERT OR REPLACE INTO write_intents (spreadsheet_id, marker, intent) VALUES (?, ?, ?)")
      .bind_all(intent.spreadsheet_id, intent.marker)
      .bind_in_place(3, text)
      .run();
}

void delete_intent(SqlConnection& database, const std::string& spreadsheet_id) {
  database.prepare("DELETE FROM write_intents WHERE spreadsheet_id = ?").bind_all(spreadsheet_id).run();
}

void put_news(SqlConnection& database, const std::string& spreadsheet_id, const std::string& sentence) {
  database.prepare("INSERT OR IGNORE INTO untold_news (spreadsheet_id, sentence) VALUES (?, ?)")
      .bind_all(spreadsheet_id, sentence)
      .run();
}

std::vector<std::string> news_told_by(SqlConnection& database, const std::set<std::string>& spreadsheet_ids,
                                      const std::string& run_id, int limit) {
  std::vector<std::string> news;
  std::vector<std::int64_t> ids;
  for (const std::string& spreadsheet_id : spreadsheet_ids) {
    SqlStatement select =
        database.prepare("SELECT id, sentence FROM untold_news WHERE spreadsheet_id = ? ORDER BY id LIMIT ?");
    select.bind_all(spreadsheet_id, limit - static_cast<int>(ids.size()));
    while (select.step()) {
      ids.push_back(select.integer(0));
      news.push_back(select.text(1));
    }
  }
  for (const std::int64_t id : ids)
    database.prepare("UPDATE untold_news SET told_by = ? WHERE id = ?").bind_all(run_id, id).run();
  return news;
}

}  // namespace roadmap
