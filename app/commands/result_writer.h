#pragma once

#include "app/commands/commands.h"

#include "ormcore/dialect/dialect.h"

#include <iosfwd>
#include <memory>
#include <vector>

namespace app {

/// Writes the rows of a query as they come, locale-free and exact. Memory does not grow with the rows.
class ResultWriter {
public:
    virtual ~ResultWriter() = default;
    virtual void begin(const std::vector<orm::ResultColumn> &columns) = 0;
    virtual void row(const std::vector<orm::Value> &values) = 0;
    virtual void end() = 0;
};

/// table: columns padded to the widest of the first 200 rows. csv: RFC 4180, NULL empty and "" quoted. json: an object
/// with columns and rows; decimals are strings, so that no reader rounds them.
[[nodiscard]] std::unique_ptr<ResultWriter> makeResultWriter(QueryFormat format, std::ostream &out);

} // namespace app
