#include "sheets_client/emulator/rest/access.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "sheets_client/emulator/rest/api_response.h"

namespace sheets::emulator {
namespace {

constexpr std::size_t kMaxTokens = 10'000;
constexpr std::size_t kTokenBytes = 32;

constexpr std::array<std::string_view, 3> kWriteScopes = {"https://www.googleapis.com/auth/spreadsheets",
                                                          "https://www.googleapis.com/auth/drive",
                                                          "https://www.googleapis.com/auth/drive.file"};
constexpr std::array<std::string_view, 2> kReadScopes = {
    "https://www.googleapis.com/auth/spreadsheets.readonly",
    "https://www.googleapis.com/auth/drive.readonly"};

std::string random_token() {
  std::array<unsigned char, kTokenBytes> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw std::runtime_error("no random numbers for an access token");
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string token = "ya29.c.";
  for (const unsigned char byte : bytes) {
    token += kHex[byte >> 4];
    token += kHex[byte & 15];
  }
  return token;
}

template <std::size_t N>
bool lists(const std::array<std::string_view, N>& scopes, std::string_view scope) {
  return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

}  // namespace

bool scope_allows(std::string_view scope, bool write) {
  while (!scope.empty()) {
    const std::size_t end = std::min(scope.find(' '), scope.size());
    const std::string_view one = scope.substr(0, end);
    if (lists(kWriteScopes, one) || (!write && lists(kReadScopes, one))) return true;
    scope.remove_prefix(std::min(end + 1, scope.size()));
  }
  return false;
}

std::string AccessTokens::issue(Grant grant, WallTime now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(tokens_, [&](const auto& entry) { return entry.second.expires <= now; });
  if (tokens_.size() >= kMaxTokens) {
    tokens_.erase(std::min_element(tokens_.begin(), tokens_.end(), [](const auto& a, const auto& b) {
      return a.second.expires < b.second.expires;
    }));
  }
  std::string token = random_token();
  tokens_[token] = {std::move(grant), now + kLifetime};
  return token;
}

std::optional<Grant> AccessTokens::find(std::string_view token, WallTime now) const {
  const std::lock_guard lock(mutex_);
  const auto found = tokens_.find(token);
  if (found == tokens_.end() || found->second.expires <= now) return std::nullopt;
  return found->second.grant;
}

void Quota::take(const std::string& email, bool write, WallTime now) {
  const int limit = limits_[write ? 1 : 0];
  if (limit <= 0) return;
  const std::lock_guard lock(mutex_);
  auto& recent = recent_[write ? 1 : 0][email];
  while (!recent.empty() && recent.front() + std::chrono::minutes{1} <= now)
    recent.pop_front();
  if (recent.size() >= static_cast<std::size_t>(limit)) throw quota_exceeded(write ? "Write" : "Read", limit);
  recent.push_back(now);
}

}  // namespace sheets::emulator
