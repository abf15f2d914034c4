// Serves an emulator until its standard input ends: the other side of tests in other languages.
// Options: --token TEXT, --token-account ADDRESS, --test-hooks, --data DIR, --write-credentials FILE.
#include <fstream>
#include <iostream>
#include <string>

#include "sheets_client/emulator/emulator.h"

namespace {

struct Arguments {
  sheets::emulator::EmulatorOptions emulator;
  std::string credentials_file;
};

Arguments read_arguments(int count, char** values) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string name = values[i];
    const auto next = [&] {
      return ++i < count ? std::string(values[i]) : throw std::invalid_argument(name);
    };
    if (name == "--token") {
      arguments.emulator.fixed_token = next();
    } else if (name == "--token-account") {
      arguments.emulator.fixed_token_account = next();
    } else if (name == "--test-hooks") {
      arguments.emulator.test_hooks = true;
    } else if (name == "--data") {
      arguments.emulator.data_dir = next();
    } else if (name == "--write-credentials") {
      arguments.credentials_file = next();
    } else {
      throw std::invalid_argument(name);
    }
  }
  return arguments;
}

}  // namespace

int main(int count, char** values) {
  try {
    const Arguments arguments = read_arguments(count, values);
    sheets::emulator::EmulatorServer server(arguments.emulator);
    server.start();
    if (!arguments.credentials_file.empty())
      std::ofstream(arguments.credentials_file) << server.service_account_json();
    std::cout << "listening on " << server.url() << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
    }
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "emulator_server: " << error.what() << '\n';
    return 1;
  }
}
