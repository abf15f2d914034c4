#pragma once

#include <memory>
#include <string>

#include "core/clock.h"
#include "sheets_client/call_observer.h"
#include "sheets_client/client_options.h"
#include "sheets_client/google_sheets.h"

namespace sheets {

// How the client signs in.
struct Credentials {
  enum class Kind : std::uint8_t { kServiceAccount, kMetadata, kFixedToken };
  Kind kind = Kind::kServiceAccount;
  std::string service_account_file;  // kServiceAccount
  std::string fixed_token;           // kFixedToken: for an emulator
};

// The whole client, put together: curl, credentials, limits, gateway. Start here.
// Thread safety: gateway() is safe to use from many threads.
class SheetsClient {
 public:
  // `product` names us to Google: "roadmapd/1.0.0". `clock` and `observer` (may be nullptr) outlive this.
  // Makes no call; blocks on the disk only. Throws CredentialsError, InvalidSetting.
  SheetsClient(const ClientOptions& options, const Credentials& credentials, const std::string& product,
               const roadmap::Clock& clock, CallObserver* observer);
  ~SheetsClient();
  SheetsClient(const SheetsClient&) = delete;
  SheetsClient& operator=(const SheetsClient&) = delete;

  GoogleSheets& gateway();
  // For a check that signs in before anything else is tried: TokenSource::token tells what is wrong.
  TokenSource& tokens();

 private:
  struct Parts;
  const std::unique_ptr<Parts> parts_;
};

}  // namespace sheets
