#include <catch2/catch.hpp>
#include <chrono>

#include "sheets_client/emulator/rest/token_endpoint.h"
#include "test/unit/emulator/emulated_google.h"
#include "test/unit/emulator/jwt_maker.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

namespace {

constexpr const char* kTokenUri = "http://127.0.0.1:1234/token";

// One emulator for all cases: its key takes a moment to make.
EmulatedGoogle& shared_google() {
  static EmulatedGoogle google;
  return google;
}

Json credentials() {
  static const Json kCredentials = Json::parse(shared_google().emulator.service_account_json(kTokenUri));
  return kCredentials;
}

Json good_claims() {
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  return {{"iss", credentials()["client_email"]},
          {"scope", "https://www.googleapis.com/auth/spreadsheets"},
          {"aud", kTokenUri},
          {"iat", now},
          {"exp", now + 3600}};
}

Answer send_assertion(const std::string& jwt,
                      const std::string& grant = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer") {
  net::HttpRequest request = make_request("POST", "/token");
  request.headers.set("Host", "127.0.0.1:1234");
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  request.body = "grant_type=" + grant + "&assertion=" + jwt;
  return shared_google().send(std::move(request));
}

Answer request_token(const Json& claims) {
  return send_assertion(signed_jwt(claims, credentials()["private_key"].get<std::string>()));
}

Answer changed(const std::string& claim, const Json& value) {
  Json claims = good_claims();
  claims[claim] = value;
  return request_token(claims);
}

Answer call_with(const std::string& token, const std::string& method, const std::string& rest) {
  net::HttpRequest request = make_request(method, "/v4/spreadsheets/" + shared_google().id + rest);
  if (!token.empty()) request.headers.set("Authorization", "Bearer " + token);
  request.body = method == "GET" ? "" : R"({"values": [[1]]})";
  return shared_google().send(std::move(request));
}

}  // namespace

TEST_CASE("a signed JWT gets a token that opens the API") {
  const Answer answer = request_token(good_claims());
  REQUIRE(answer.status == 200);
  REQUIRE(answer.body["token_type"] == "Bearer");
  REQUIRE(answer.body["expires_in"] == 3599);
  REQUIRE(call_with(answer.body["access_token"].get<std::string>(), "GET", "").status == 200);
}

TEST_CASE("the account's file is shaped as Google hands it out") {
  REQUIRE(credentials()["type"] == "service_account");
  REQUIRE(credentials()["token_uri"] == kTokenUri);
  REQUIRE(credentials()["client_email"] == "roadmapd@emulator.iam.gserviceaccount.com");
  REQUIRE(credentials()["private_key"].get<std::string>().rfind("-----BEGIN PRIVATE KEY-----", 0) == 0);
}

TEST_CASE("a JWT is refused for its signature, issuer, audience, times or scope") {
  const std::string other_key = ServiceAccount::generate("x@example.com").private_key_pem();
  const Answer forged = send_assertion(signed_jwt(good_claims(), other_key));
  REQUIRE(forged.status == 400);
  REQUIRE(forged.body == R"({"error": "invalid_grant", "error_description": "Invalid JWT Signature."})"_js);
  REQUIRE(changed("iss", "nobody@example.com").body["error_description"] ==
          "Invalid grant: account not found");
  REQUIRE(changed("aud", "https://example.com/token").body["error"] == "invalid_grant");
  REQUIRE(changed("aud", "https://oauth2.googleapis.com/token").status == 200);
  REQUIRE(changed("scope", "").body["error"] == "invalid_scope");
  REQUIRE(changed("sub", "boss@example.com").body["error"] == "unauthorized_client");
  const long long now = good_claims()["iat"].get<long long>();
  for (const auto& [claim, value] : {std::pair<const char*, long long>{"iat", now - 7200},
                                     {"iat", now + 3000},
                                     {"exp", now + 7200},
                                     {"exp", now - 1000}}) {
    const Answer refused = changed(claim, value);
    REQUIRE(refused.status == 400);
    REQUIRE(refused.body["error_description"].get<std::string>().find("short-lived token") !=
            std::string::npos);
  }
  REQUIRE(send_assertion("not.a.jwt").body["error"] == "invalid_grant");
  REQUIRE(send_assertion("nothing").body["error"] == "invalid_grant");
  REQUIRE(send_assertion("x", "password").body["error"] == "unsupported_grant_type");
}

TEST_CASE("calls without a good token get what Google answers") {
  const Answer no_token = call_with("", "GET", "");
  REQUIRE(no_token.status == 403);
  REQUIRE(no_token.body["error"]["status"] == "PERMISSION_DENIED");
  REQUIRE(no_token.message().find("unregistered callers") != std::string::npos);
  const Answer no_token_post = call_with("", "POST", "/values/A1:append?valueInputOption=RAW");
  REQUIRE(no_token_post.status == 401);
  REQUIRE(no_token_post.message().find("missing required authentication credential") != std::string::npos);
  const Answer wrong = call_with("wrong", "GET", "");
  REQUIRE(wrong.status == 401);
  REQUIRE(wrong.body["error"]["status"] == "UNAUTHENTICATED");
}

TEST_CASE("a token is good for its scope only") {
  const auto token_for = [](const std::string& scope) {
    return changed("scope", scope).body["access_token"].get<std::string>();
  };
  const std::string reader = token_for("https://www.googleapis.com/auth/spreadsheets.readonly");
  REQUIRE(call_with(reader, "GET", "").status == 200);
  const Answer refused = call_with(reader, "PUT", "/values/A1?valueInputOption=RAW");
  REQUIRE(refused.status == 403);
  REQUIRE(refused.message() == "Request had insufficient authentication scopes.");
  REQUIRE(refused.body["error"]["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
  REQUIRE(call_with(token_for("email profile"), "GET", "").status == 403);
}

TEST_CASE("a token ends after an hour") {
  EmulatedGoogle& google = shared_google();
  const std::string token = request_token(good_claims()).body["access_token"].get<std::string>();
  google.call("POST", "/_emulator/clock", R"({"advance_seconds": 3590})"_js);
  REQUIRE(call_with(token, "GET", "").status == 200);
  google.call("POST", "/_emulator/clock", R"({"advance_seconds": 10})"_js);
  REQUIRE(call_with(token, "GET", "").status == 401);
}

TEST_CASE("a workbook that is not shared opens for its owner only") {
  EmulatedGoogle google;
  google.emulator.set_sharing(google.id, Sharing::kNotShared);
  const Answer refused = google.get("");
  REQUIRE(refused.status == 403);
  REQUIRE(refused.message() == "The caller does not have permission");
  REQUIRE(google.put("A1", "RAW", R"([[1]])"_js).status == 403);
  google.emulator.set_sharing(google.id, Sharing::kShared);
  REQUIRE(google.get("").status == 200);
  REQUIRE(google.values("A1").is_null());
  google.id = "nothing-here";
  REQUIRE(google.get("").status == 404);
  REQUIRE(google.get("").message() == "Requested entity was not found.");
  REQUIRE_THROWS_AS(google.emulator.set_sharing("nothing-here", Sharing::kShared), std::invalid_argument);
}
