#include "app/commands/result_writer.h"

#include "ui/base/value_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace app {
namespace {

using orm::Value;
using orm::ValueKind;

class TableWriter final : public ResultWriter {
public:
    explicit TableWriter(std::ostream &out) : m_out(out) {}

    void begin(const std::vector<orm::ResultColumn> &columns) override
    {
        std::vector<QString> names;
        for (const orm::ResultColumn &column : columns)
            names.push_back(ui::fromUtf8(column.name));
        m_widths.assign(columns.size(), 0);
        m_numbers.assign(columns.size(), false);
        m_first.push_back(std::move(names));
    }
    void row(const std::vector<Value> &values) override
    {
        std::vector<QString> cells;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const ValueKind kind = values[i].kind();
            if (kind == ValueKind::Int || kind == ValueKind::Double || kind == ValueKind::Decimal)
                m_numbers[i] = true;
            cells.push_back(ui::displayText(values[i], kLongestCell));
        }
        ++m_count;
        if (m_flushed) {
            write(cells);
            return;
        }
        m_first.push_back(std::move(cells));
        if (m_first.size() > kMeasuredRows)
            flush();
    }
    void end() override
    {
        flush();
        m_out << '(' << m_count << (m_count == 1 ? " row)\n" : " rows)\n");
    }

private:
    void flush()
    {
        if (m_flushed)
            return;
        m_flushed = true;
        for (const std::vector<QString> &cells : m_first)
            for (std::size_t i = 0; i < cells.size(); ++i)
                m_widths[i] = std::max(m_widths[i], cells[i].size());
        for (std::size_t i = 0; i < m_first.size(); ++i) {
            write(m_first[i]);
            if (i == 0)
                rule();
        }
        m_first.clear();
    }
    void rule()
    {
        for (std::size_t i = 0; i < m_widths.size(); ++i)
            m_out << (i ? "-+-" : "") << std::string(static_cast<std::size_t>(m_widths[i]), '-');
        m_out << '\n';
    }
    void write(const std::vector<QString> &cells)
    {
        QString line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0)
                line += QStringLiteral(" | ");
            line += m_numbers[i] ? cells[i].rightJustified(m_widths[i]) : cells[i].leftJustified(m_widths[i]);
        }
        while (line.endsWith(u' '))
            line.chop(1);
        m_out << ui::toUtf8(line) << '\n';
    }

    static constexpr std::size_t kMeasuredRows = 200;
    static constexpr int kLongestCell = 80;
    std::ostream &m_out;
    std::vector<std::vector<QString>> m_first;
    std::vector<qsizetype> m_widths;
    std::vector<bool> m_numbers;
    std::int64_t m_count = 0;
    bool m_flushed = false;
};

class CsvWriter final : public ResultWriter {
public:
    explicit CsvWriter(std::ostream &out) : m_out(out) {}

    void begin(const std::vector<orm::ResultColumn> &columns) override
    {
        std::vector<Value> names;
        for (const orm::ResultColumn &column : columns)
            names.emplace_back(column.name);
        row(names);
    }
    void row(const std::vector<Value> &values) override
    {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i > 0)
                m_out << ',';
            if (!values[i].isNull())
                field(values[i].toString());
        }
        m_out << "\r\n";
    }
    void end() override {}

private:
    void field(const std::string &text)
    {
        if (!text.empty() && text.find_first_of(",\"\r\n") == std::string::npos) {
            m_out << text;
            return;
        }
        m_out << '"';
        for (const char c : text)
            m_out << (c == '"' ? "\"\"" : std::string_view(&c, 1));
        m_out << '"';
    }

    std::ostream &m_out;
};

class JsonWriter final : public ResultWriter {
public:
    explicit JsonWriter(std::ostream &out) : m_out(out) {}

    void begin(const std::vector<orm::ResultColumn> &columns) override
    {
        nlohmann::ordered_json names = nlohmann::ordered_json::array();
        for (const orm::ResultColumn &column : columns)
            names.push_back(column.name);
        m_out << "{\"columns\": " << text(names) << ",\n\"rows\": [";
    }
    void row(const std::vector<Value> &values) override
    {
        nlohmann::ordered_json cells = nlohmann::ordered_json::array();
        for (const Value &value : values)
            cells.push_back(cell(value));
        m_out << (m_any ? ",\n  " : "\n  ") << text(cells);
        m_any = true;
    }
    void end() override { m_out << (m_any ? "\n]}\n" : "]}\n"); }

private:
    static std::string text(const nlohmann::ordered_json &json)
    {
        return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
    static nlohmann::ordered_json cell(const Value &value)
    {
        switch (value.kind()) {
        case ValueKind::Null:
            return nullptr;
        case ValueKind::Bool:
            return value.asBool();
        case ValueKind::Int:
            return value.asInt();
        case ValueKind::Double:
            return value.asDouble();
        default:
            return value.toString();
        }
    }

    std::ostream &m_out;
    bool m_any = false;
};

} // namespace

std::unique_ptr<ResultWriter> makeResultWriter(QueryFormat format, std::ostream &out)
{
    switch (format) {
    case QueryFormat::Csv:
        return std::make_unique<CsvWriter>(out);
    case QueryFormat::Json:
        return std::make_unique<JsonWriter>(out);
    case QueryFormat::Table:
        break;
    }
    return std::make_unique<TableWriter>(out);
}

} // namespace app
