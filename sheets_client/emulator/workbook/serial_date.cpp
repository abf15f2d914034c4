#include "sheets_client/emulator/workbook/serial_date.h"

#include <chrono>
#include <cmath>

namespace sheets::emulator {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr double kMillisecondsADay = 86400000.0;
constexpr double kLastSerial = 2958465.0;  // 9999-12-31
constexpr double kFirstSerial = -693593.0;

sys_days epoch() { return sys_days{std::chrono::year{1899} / 12 / 30}; }

year_month_day date_of(const CivilTime& time) {
  return {std::chrono::year{time.year}, std::chrono::month{static_cast<unsigned>(time.month)},
          std::chrono::day{static_cast<unsigned>(time.day)}};
}

}  // namespace

std::optional<double> to_serial(const CivilTime& time) {
  if (time.year < 1 || time.year > 9999 || time.month < 1 || time.day < 1 || !date_of(time).ok())
    return std::nullopt;
  const auto days = (sys_days{date_of(time)} - epoch()).count();
  const double milliseconds =
      ((time.hour * 60.0 + time.minute) * 60.0 + time.second) * 1000.0 + time.millisecond;
  return static_cast<double>(days) + milliseconds / kMillisecondsADay;
}

CivilTime from_serial(double serial) {
  serial = std::fmin(std::fmax(serial, kFirstSerial), kLastSerial + 1.0);
  const double total = std::round(serial * kMillisecondsADay);
  const double days = std::floor(total / kMillisecondsADay);
  auto rest = static_cast<int>(total - days * kMillisecondsADay);
  const year_month_day date{epoch() + std::chrono::days{static_cast<int>(days)}};
  CivilTime time;
  time.year = static_cast<int>(date.year());
  time.month = static_cast<int>(static_cast<unsigned>(date.month()));
  time.day = static_cast<int>(static_cast<unsigned>(date.day()));
  time.millisecond = rest % 1000;
  rest /= 1000;
  time.second = rest % 60;
  rest /= 60;
  time.minute = rest % 60;
  time.hour = rest / 60;
  return time;
}

int year_of(std::chrono::system_clock::time_point moment) {
  return static_cast<int>(year_month_day{std::chrono::floor<std::chrono::days>(moment)}.year());
}

int weekday(const CivilTime& time) {
  return static_cast<int>(std::chrono::weekday{sys_days{date_of(time)}}.c_encoding());
}

}  // namespace sheets::emulator
