#include "ormcore/sql/text_parameters.h"
#include "ormcore/sql/walk.h"

#include <algorithm>

namespace orm {

namespace {

struct Collector {
    std::vector<Value> values;

    void visit(const Node &node)
    {
        if (node.kind == NodeKind::Bind) {
            values.push_back(node.value);
        } else if (node.kind == NodeKind::BindList) {
            values.push_back(Value::array(node.values));
        } else if (!node.names.empty()) {
            for (const TextPiece &piece : splitTextParameters(node.name)) {
                if (!piece.parameter)
                    continue;
                const auto found = std::find(node.names.begin(), node.names.end(), piece.text);
                values.push_back(node.values[static_cast<std::size_t>(found - node.names.begin())]);
            }
        }
    }
    void limit(std::int64_t rows) { values.emplace_back(rows); }
};

} // namespace

bool isListedLabel(const Select &select, const Node &label)
{
    return std::any_of(select.columnList.begin(), select.columnList.end(), [&label](const Expression &column) {
        return column.node().kind == NodeKind::Label && column.node().name == label.name;
    });
}

std::vector<Value> bindValues(const Statement &statement)
{
    Collector collector;
    ValueWalk<Collector>(collector).walk(statement);
    return std::move(collector.values);
}

} // namespace orm
