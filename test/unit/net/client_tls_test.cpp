#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>

#include <atomic>
#include <catch2/catch.hpp>

#include "net/file_descriptor.h"
#include "net/http_client.h"
#include "raw_server.h"
#include "test_server.h"

namespace net {
namespace {

using test::RawPeer;
using test::RawServer;

template <auto Free>
struct Freeing {
  template <typename Type>
  void operator()(Type* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<&EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freeing<&X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freeing<&SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Freeing<&SSL_free>>;

// A server context with a certificate for 127.0.0.1 that nobody but itself vouches for.
Context self_signed_context() {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate(X509_new());
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("127.0.0.1"),
                             -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  REQUIRE(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
  Context context(SSL_CTX_new(TLS_server_method()));
  REQUIRE(SSL_CTX_use_certificate(context.get(), certificate.get()) == 1);
  REQUIRE(SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1);
  return context;
}

// True when the client went through with the handshake.
bool accept_handshake(const Context& context, int socket) {
  const Session session(SSL_new(context.get()));
  SSL_set_fd(session.get(), socket);
  for (;;) {
    const int result = SSL_accept(session.get());
    if (result == 1) return true;
    const int error = SSL_get_error(session.get(), result);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) return false;
    pollfd ready{socket, static_cast<short>(error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT), 0};
    if (poll_until(&ready, 1, std::chrono::steady_clock::now() + test::kPatience) == 0) return false;
  }
}

TEST_CASE("a certificate that nobody vouches for ends the transfer before anything is sent") {
  const Context context = self_signed_context();
  std::atomic<int> handshakes{0};
  TransferResult result;
  {
    RawServer server([&](RawPeer& peer, int) {
      if (accept_handshake(context, peer.fd())) ++handshakes;
    });
    HttpClient client("t");
    ClientRequest request;
    request.url = "https://127.0.0.1:" + std::to_string(server.port()) + "/";
    result = client.perform(request);
    CHECK(server.connections() == 1);
  }
  const auto* error = std::get_if<TransferError>(&result);
  REQUIRE(error != nullptr);
  CHECK(error->failure == TransferFailure::kTls);
  CHECK(error->message.find("certificate") != std::string::npos);
  CHECK(handshakes == 0);
}

TEST_CASE("a server that speaks no TLS is a TLS failure") {
  HttpServer server(test::patient_options(), test::echo);
  server.start();
  HttpClient client("t");
  ClientRequest request;
  request.url = "https://127.0.0.1:" + std::to_string(server.port()) + "/";
  const TransferResult result = client.perform(request);
  const auto* error = std::get_if<TransferError>(&result);
  REQUIRE(error != nullptr);
  CHECK(error->failure == TransferFailure::kTls);
}

}  // namespace
}  // namespace net
