#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

namespace sheets::emulator {

inline constexpr std::array<std::string_view, 12> kMonthNames = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

// A moment as people type it. Years 1 to 9999.
struct CivilTime {
  int year = 1899;
  int month = 12;  // 1-12
  int day = 30;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int millisecond = 0;
};

// Days since 1899-12-30, the fraction being the time of day
// (developers.google.com/sheets/api/guides/formats). nullopt for a date that the calendar does not have.
std::optional<double> to_serial(const CivilTime& time);
CivilTime from_serial(double serial);
int year_of(std::chrono::system_clock::time_point moment);  // in UTC
// 0 is Sunday.
int weekday(const CivilTime& time);

}  // namespace sheets::emulator
