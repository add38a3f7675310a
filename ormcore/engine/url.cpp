#include "ormcore/engine/url.h"

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"

#include <algorithm>
#include <charconv>

namespace orm {

namespace {

constexpr std::string_view kSeparator = "://";

int hexDigit(char c)
{
    if (isDigit(c))
        return c - '0';
    const char lower = lowerAscii(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// part names the piece in a message; its text is left out, because it may be a password.
std::string decoded(std::string_view text, std::string_view part)
{
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i];
            continue;
        }
        const int high = i + 1 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            throw Argument("The " + std::string(part) +
                           " of the URL has a % without two hexadecimal digits after it: write a % as %25.");
        plain += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return plain;
}

std::string encoded(std::string_view text, std::string_view allowed)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string safe;
    safe.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (isWordByte(c) || c == '-' || c == '.' || c == '~' || allowed.find(c) != std::string_view::npos) {
            safe += c;
        } else {
            safe += '%';
            safe += kDigits[byte >> 4];
            safe += kDigits[byte & 0xF];
        }
    }
    return safe;
}

void parseScheme(Url &url, std::string_view scheme)
{
    const std::size_t plus = scheme.find('+');
    url.dialect = lowerAscii(scheme.substr(0, plus));
    if (plus != std::string_view::npos)
        url.driver = lowerAscii(scheme.substr(plus + 1));
    const auto isName = [](std::string_view name) {
        return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            return isDigit(c) || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
        });
    };
    if (!isName(url.dialect) || (plus != std::string_view::npos && !isName(url.driver)))
        throw Argument("The URL must start with a dialect, such as sqlite:// or postgresql+libpq://.");
}

int parsePort(std::string_view text)
{
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size() || port < 1 || port > 65535)
        throw Argument("The port in the URL is no number from 1 to 65535. (In a password the characters / : @ ? must "
                       "be written %2F %3A %40 %3F.)");
    return port;
}

void parseHost(Url &url, std::string_view text)
{
    std::string_view port;
    bool hasPort = false;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            throw Argument("The host in the URL starts with [ and has no ].");
        url.host = text.substr(1, close - 1);
        const std::string_view rest = text.substr(close + 1);
        hasPort = rest.starts_with(':');
        if (!rest.empty() && !hasPort)
            throw Argument("After the ] of the host in the URL only a port may follow.");
        port = hasPort ? rest.substr(1) : rest;
    } else {
        const std::size_t colon = text.find(':');
        url.host = decoded(text.substr(0, colon), "host");
        hasPort = colon != std::string_view::npos;
        port = hasPort ? text.substr(colon + 1) : std::string_view();
    }
    if (hasPort && !port.empty())
        url.port = parsePort(port);
}

void parseAuthority(Url &url, std::string_view text)
{
    const std::size_t at = text.rfind('@');
    if (at != std::string_view::npos) {
        const std::string_view login = text.substr(0, at);
        const std::size_t colon = login.find(':');
        url.user = decoded(login.substr(0, colon), "user");
        if (colon != std::string_view::npos)
            url.password = decoded(login.substr(colon + 1), "password");
        text.remove_prefix(at + 1);
    }
    parseHost(url, text);
}

void parseQuery(Url &url, std::string_view text)
{
    while (!text.empty()) {
        const std::size_t ampersand = text.find('&');
        std::string pair(text.substr(0, ampersand));
        text = ampersand == std::string_view::npos ? std::string_view() : text.substr(ampersand + 1);
        std::replace(pair.begin(), pair.end(), '+', ' ');
        const std::size_t equals = pair.find('=');
        const std::string key = decoded(std::string_view(pair).substr(0, equals), "options");
        if (equals == std::string::npos || key.empty())
            throw Argument("The options of the URL are written ?name=value&name=value.");
        if (!url.query.emplace(key, decoded(std::string_view(pair).substr(equals + 1), "options")).second)
            throw Argument("The option " + key + " stands in the URL twice.");
    }
}

bool isSecret(const std::string &key)
{
    const std::string lower = lowerAscii(key);
    return lower.find("pass") != std::string::npos || lower.find("secret") != std::string::npos ||
           lower.find("token") != std::string::npos;
}

} // namespace

Url Url::parse(std::string_view text)
{
    const std::size_t scheme = text.find(kSeparator);
    if (scheme == std::string_view::npos)
        throw Argument("This is no database URL: it must look like sqlite:///file.db or "
                       "postgresql://user@host/database.");
    Url url;
    parseScheme(url, text.substr(0, scheme));
    std::string_view rest = text.substr(scheme + kSeparator.size());
    if (const std::size_t question = rest.find('?'); question != std::string_view::npos) {
        parseQuery(url, rest.substr(question + 1));
        rest = rest.substr(0, question);
    }
    const std::size_t slash = rest.find('/');
    parseAuthority(url, rest.substr(0, slash));
    if (slash != std::string_view::npos)
        url.database = decoded(rest.substr(slash + 1), "database");
    if (url.dialect == "sqlite") {
        if (!url.host.empty() || !url.user.empty() || url.port)
            throw Argument("An SQLite URL names no server: write sqlite:///relative.db with three slashes, or "
                           "sqlite:////absolute.db with four.");
        if (url.database == ":memory:")
            url.database.clear();
    }
    return url;
}

Url Url::sqliteFile(std::string_view path)
{
    if (path.empty())
        throw Argument("A database file must have a name.");
    Url url;
    url.dialect = "sqlite";
    url.database = path;
    if (path == ":memory:") // a file of this name, behind its folder
        url.database.insert(0, "./");
    return url;
}

std::string Url::toString() const
{
    std::string text = dialect;
    if (!driver.empty())
        text += "+" + driver;
    text += kSeparator;
    if (!user.empty() || !password.empty()) {
        text += encoded(user, "");
        if (!password.empty())
            text += ":***";
        text += "@";
    }
    text += host.find(':') != std::string::npos ? "[" + host + "]" : encoded(host, "");
    if (port)
        text += ":" + std::to_string(*port);
    if (!database.empty())
        text += "/" + encoded(database, "/ :@!$'()*,;=+#[]&\\");
    char mark = '?';
    for (const auto &[key, value] : query) {
        text += mark + encoded(key, "") + "=" + (isSecret(key) ? "***" : encoded(value, "/:"));
        mark = '&';
    }
    return text;
}

} // namespace orm
