// The keys of the [[…]] tables.
#include "app/config/config_keys.h"

namespace roadmap::app {
namespace {

template <class Owner>
std::vector<Key<Owner>> layout_keys(int& (*header_row)(Owner&), int& (*first_data_row)(Owner&)) {
  return {{"header_row", IntegerKey<Owner>{header_row, 1, kMaxLayoutRow}, "the row that names the columns"},
          {"first_data_row", IntegerKey<Owner>{first_data_row, 2, kMaxLayoutRow},
           "the first row below it with data"}};
}

}  // namespace

const std::vector<Key<BacklogSettings>>& backlog_keys() {
  using Owner = BacklogSettings;
  static const std::vector<Key<Owner>> kKeys =
                                           [] {
                                             std::vector<Key<Owner>> keys = {
                                                 {"spreadsheet_id",
                                                  TextKey<Owner>{
                                                      [](Owner & o) -> auto& {return o.layout.spreadsheet_id;
                                           },
                                       TextForm::kRequired
}
, "the part between /d/ and /edit of the spreadsheet's address"
}
, { "tab", TextKey<Owner>{[](Owner & o) -> auto& {return o.layout.tab; }
, TextForm::kRequired
}
, "name of the tab"
}
}
;
for (auto& key : layout_keys<Owner>([](Owner& o) -> int& { return o.layout.header_row; },
                                    [](Owner& o) -> int& { return o.layout.first_data_row; })) {
  keys.push_back(key);
}
    keys.push_back({"product_org", TextKey<Owner>{[](Owner& o) -> auto& { return o.product_org;
    }
    }
    , "tells several backlogs apart"
    });
    return keys;
    }
    ();
    return kKeys;
    }

    const std::vector<Key<IntakeSettings>>& intake_keys() {
      using Owner = IntakeSettings;
      static const std::vector<Key<Owner>> kKeys = {
          {"sheet_key", TextKey<Owner>{[](Owner & o) -> auto& {return o.sheet_key;
    }
    , TextForm::kRequired
    }
    , "a short name of its own"
    }
    , {"spreadsheet_id", TextKey<Owner>{[](Owner & o) -> auto& {return o.spreadsheet_id;
    }
    , TextForm::kRequired
    }
    , "the part between /d/ and /edit of the spreadsheet's address"
    }
    , { "region", TextKey<Owner>{[](Owner & o) -> auto& {return o.region; }
    }
    , "for people"
    }
    }
    ;
    return kKeys;
    }

    const std::vector<Key<IntakeTabSettings>>& intake_tab_keys() {
      using Owner = IntakeTabSettings;
      static const std::vector<Key<Owner>>
          kKeys =
              [] {
                std::vector<Key<Owner>> keys = {{"key", TextKey<Owner>{[](Owner & o) -> auto& {return o.key;
              },
          TextForm::kRequired
    }
    , "a short name of its own"
    }
    , {"tab_name", TextKey<Owner>{[](Owner & o) -> auto& {return o.layout.tab;
    }
    , TextForm::kRequired
    }
    , "name of the tab"
    }
    , {"product_org", TextKey<Owner>{[](Owner & o) -> auto& {return o.product_org;
    }
    }
    , "its initiatives go to that product_org's backlog; empty: the first backlog"
    }
    , { "department", TextKey<Owner>{[](Owner & o) -> auto& {return o.department; }
    }
    , "for people"
    }
    }
    ;
    for (auto& key : layout_keys<Owner>([](Owner& o) -> int& { return o.layout.header_row; },
                                        [](Owner& o) -> int& { return o.layout.first_data_row; })) {
      keys.push_back(key);
    }
    keys.push_back({"active", FlagKey<Owner>{[](Owner& o) -> auto& { return o.active;
    }
    }
    , "false: not read at all"
    });
    keys.push_back({"allow_status_override", FlagKey<Owner>{[](Owner& o) -> auto& { return o.allow_status_override;
    }
    }
    , "true: the tab may bring a withdrawn initiative back to new"
    });
    return keys;
    }
    ();
    return kKeys;
    }

    BacklogSettings default_backlog() {
      BacklogSettings backlog;
      backlog.layout.tab = "Backlog";
      return backlog;
    }

    IntakeSettings default_intake() { return {}; }

    IntakeTabSettings default_intake_tab() { return {}; }

    }  // namespace roadmap::app
