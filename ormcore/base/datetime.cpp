// Days and civil dates convert with the algorithms of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

#include "ormcore/base/datetime.h"

#include "ormcore/base/text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace orm {

namespace {

constexpr int kMinimumYear = -9999;
constexpr int kMaximumYear = 294276;
constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr int kMaximumOffset = 18 * 60;

bool isLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int daysOfMonth(int year, int month)
{
    constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && isLeap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

// Takes minimum to maximum digits off the front of text.
std::optional<int> takeDigits(std::string_view &text, std::size_t minimum, std::size_t maximum)
{
    int number = 0;
    std::size_t count = 0;
    while (count < text.size() && isDigit(text[count])) {
        if (count == maximum)
            return std::nullopt;
        number = number * 10 + (text[count] - '0');
        ++count;
    }
    if (count < minimum)
        return std::nullopt;
    text.remove_prefix(count);
    return number;
}

bool take(std::string_view &text, char c)
{
    if (!text.starts_with(c))
        return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Date> takeDate(std::string_view &text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    const auto year = takeDigits(text, 4, 6);
    if (!year || !take(text, '-'))
        return std::nullopt;
    const auto month = takeDigits(text, 2, 2);
    if (!month || !take(text, '-'))
        return std::nullopt;
    const auto day = takeDigits(text, 2, 2);
    return day ? Date::fromCivil(negative ? -*year : *year, *month, *day) : std::nullopt;
}

// .f to .ffffff, in microseconds.
std::optional<int> takeFraction(std::string_view &text)
{
    const std::size_t before = text.size();
    auto fraction = takeDigits(text, 1, 6);
    if (!fraction)
        return std::nullopt;
    for (std::size_t i = before - text.size(); i < 6; ++i)
        *fraction *= 10;
    return fraction;
}

std::optional<std::int64_t> takeTime(std::string_view &text)
{
    const auto hours = takeDigits(text, 2, 2);
    if (!hours || *hours > 24 || !take(text, ':'))
        return std::nullopt;
    const auto minutes = takeDigits(text, 2, 2);
    if (!minutes || *minutes > 59)
        return std::nullopt;
    std::int64_t micros = *hours * kHour + *minutes * kMinute;
    if (take(text, ':')) {
        const auto seconds = takeDigits(text, 2, 2);
        if (!seconds || *seconds > 59)
            return std::nullopt;
        micros += *seconds * kSecond;
        if (take(text, '.')) {
            const auto fraction = takeFraction(text);
            if (!fraction)
                return std::nullopt;
            micros += *fraction;
        }
    }
    return micros <= kDay ? std::optional<std::int64_t>(micros) : std::nullopt;
}

std::optional<std::int64_t> takeTimestamp(std::string_view &text)
{
    const auto date = takeDate(text);
    if (!date)
        return std::nullopt;
    std::int64_t midnight = 0;
    std::int64_t micros = 0;
    if (__builtin_mul_overflow(std::int64_t{date->days}, kDay, &midnight))
        return std::nullopt;
    if (!take(text, ' ') && !take(text, 'T') && !take(text, 't'))
        return midnight;
    const auto time = takeTime(text);
    if (!time || *time >= kDay || __builtin_add_overflow(midnight, *time, &micros))
        return std::nullopt;
    return micros;
}

// Z or +HH[[:]MM], in minutes.
std::optional<int> takeOffset(std::string_view &text)
{
    if (take(text, 'Z') || take(text, 'z'))
        return 0;
    const bool negative = text.starts_with('-');
    if (!take(text, '-') && !take(text, '+'))
        return std::nullopt;
    const std::size_t colon = text.find(':');
    const std::string_view compact = text;
    std::string_view hoursText = compact.substr(0, 2);
    const auto hours = takeDigits(hoursText, 2, 2);
    if (!hours)
        return std::nullopt;
    text.remove_prefix(2);
    int minutes = 0;
    if (colon == 2)
        text.remove_prefix(1);
    if (colon == 2 || !text.empty()) {
        const auto read = takeDigits(text, 2, 2);
        if (!read || *read > 59)
            return std::nullopt;
        minutes = *read;
    }
    const int offset = *hours * 60 + minutes;
    if (offset > kMaximumOffset)
        return std::nullopt;
    return negative ? -offset : offset;
}

std::string timeText(std::int64_t micros)
{
    std::array<char, 64> text{};
    const auto part = [micros](std::int64_t unit, std::int64_t modulus) {
        return static_cast<long long>(micros / unit % modulus);
    };
    const long long fraction = part(1, kSecond);
    const int size = fraction == 0 ? std::snprintf(text.data(), text.size(), "%02lld:%02lld:%02lld", part(kHour, 100),
                                                   part(kMinute, 60), part(kSecond, 60))
                                   : std::snprintf(text.data(), text.size(), "%02lld:%02lld:%02lld.%06lld",
                                                   part(kHour, 100), part(kMinute, 60), part(kSecond, 60), fraction);
    return {text.data(), static_cast<std::size_t>(size)};
}

std::string timestampText(std::int64_t micros)
{
    std::int64_t days = micros / kDay;
    std::int64_t rest = micros % kDay;
    if (rest < 0) {
        rest += kDay;
        --days;
    }
    return Date{static_cast<std::int32_t>(days)}.toString() + " " + timeText(rest);
}

} // namespace

std::optional<Date> Date::fromCivil(int year, int month, int day)
{
    if (year < kMinimumYear || year > kMaximumYear || month < 1 || month > 12 || day < 1 ||
        day > daysOfMonth(year, month))
        return std::nullopt;
    const int y = month <= 2 ? year - 1 : year; // the year begins in March, so that a leap day comes last
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int yearOfEra = y - era * 400;
    const int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return Date{era * 146097 + dayOfEra - 719468};
}

void Date::toCivil(int &year, int &month, int &day) const
{
    const std::int64_t shifted = std::int64_t{days} + 719468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const auto dayOfEra = static_cast<int>(shifted - era * 146097);
    const int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const int shiftedMonth = (5 * dayOfYear + 2) / 153;
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    year = yearOfEra + static_cast<int>(era) * 400 + (month <= 2 ? 1 : 0);
}

std::optional<Date> Date::parse(std::string_view text)
{
    const auto date = takeDate(text);
    return text.empty() ? date : std::nullopt;
}

std::string Date::toString() const
{
    int year = 0;
    int month = 0;
    int day = 0;
    toCivil(year, month, day);
    std::array<char, 48> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "%s%04d-%02d-%02d", year < 0 ? "-" : "", std::abs(year), month, day);
    return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<Time> Time::parse(std::string_view text)
{
    const auto micros = takeTime(text);
    return micros && text.empty() ? std::optional<Time>(Time{*micros}) : std::nullopt;
}

std::string Time::toString() const { return timeText(micros); }

std::optional<Timestamp> Timestamp::parse(std::string_view text)
{
    const auto micros = takeTimestamp(text);
    return micros && text.empty() ? std::optional<Timestamp>(Timestamp{*micros}) : std::nullopt;
}

std::string Timestamp::toString() const { return timestampText(micros); }

std::optional<TimestampTz> TimestampTz::parse(std::string_view text)
{
    const auto local = takeTimestamp(text);
    if (!local)
        return std::nullopt;
    const auto offset = takeOffset(text);
    if (!offset || !text.empty())
        return std::nullopt;
    return TimestampTz{*local - *offset * kMinute, static_cast<std::int16_t>(*offset)};
}

std::string TimestampTz::toString() const
{
    const int minutes = std::abs(static_cast<int>(offset));
    std::array<char, 16> zone{};
    std::snprintf(zone.data(), zone.size(), "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
    return timestampText(micros + offset * kMinute) + zone.data();
}

} // namespace orm
