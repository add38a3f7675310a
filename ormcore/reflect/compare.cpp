#include "ormcore/reflect/compare.h"

#include <map>
#include <set>

namespace orm {

namespace {

class Comparison {
public:
    std::vector<std::string> differences;

    void compare(const MetaData &a, const MetaData &b)
    {
        std::set<QualifiedName> names;
        for (const MetaData *metadata : {&a, &b}) {
            for (const auto &table : metadata->tables())
                names.insert(table->name());
        }
        for (const QualifiedName &name : names) {
            const Table *left = exact(a, name);
            const Table *right = exact(b, name);
            m_place = "table " + name.toString();
            if (left == nullptr || right == nullptr)
                add(left == nullptr ? "only in the second" : "only in the first");
            else
                compareTables(*left, *right);
        }
        m_place = "triggers";
        named(a.triggers, b.triggers, [](const Trigger &trigger) { return trigger.name.toString(); });
    }

private:
    static const Table *exact(const MetaData &metadata, const QualifiedName &name)
    {
        const Table *table = metadata.find(name.name, name.schema);
        return table != nullptr && table->name() == name ? table : nullptr;
    }

    void add(const std::string &text) { differences.push_back(m_place + ": " + text); }
    template <class T> void same(const T &a, const T &b, const std::string &what)
    {
        if (!(a == b))
            add(what + " differs");
    }
    void sameText(const std::string &a, const std::string &b, const std::string &what)
    {
        if (a != b)
            add(what + ": '" + a + "', '" + b + "'");
    }

    // Elements in the same order, or, where they have names, by name.
    template <class T, class Name> void named(const std::vector<T> &a, const std::vector<T> &b, Name name)
    {
        std::map<std::string, const T *> right;
        for (const T &element : b)
            right.emplace(name(element), &element);
        for (const T &element : a) {
            const auto found = right.find(name(element));
            if (found == right.end())
                add(name(element) + " only in the first");
            else if (!(*found->second == element))
                add(name(element) + " differs");
            if (found != right.end())
                right.erase(found);
        }
        for (const auto &[missing, element] : right)
            add(missing + " only in the second");
    }

    template <class T> void listed(const std::vector<T> &a, const std::vector<T> &b, const std::string &what)
    {
        if (a.size() != b.size())
            add(std::to_string(a.size()) + " " + what + ", " + std::to_string(b.size()));
        for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
            if (!(a[i] == b[i]))
                add(what + " " + std::to_string(i + 1) + " differs");
        }
    }

    void compareTables(const Table &a, const Table &b)
    {
        same(a.kind(), b.kind(), "kind");
        if (a.columns().size() != b.columns().size())
            add(std::to_string(a.columns().size()) + " columns, " + std::to_string(b.columns().size()));
        else
            for (std::size_t i = 0; i < a.columns().size(); ++i)
                compareColumns(*a.columns()[i], *b.columns()[i]);
        same(a.primaryKey, b.primaryKey, "primary key");
        listed(a.uniques, b.uniques, "unique constraint");
        listed(a.checks, b.checks, "check");
        listed(a.foreignKeys, b.foreignKeys, "foreign key");
        named(a.indexes, b.indexes, [](const Index &index) { return "index " + index.name; });
        sameText(a.definition.sql, b.definition.sql, "definition");
        sameText(a.comment, b.comment, "comment");
        same(a.withoutRowId, b.withoutRowId, "WITHOUT ROWID");
        same(a.strict, b.strict, "STRICT");
    }

    void compareColumns(const Column &a, const Column &b)
    {
        const std::string what = "column " + a.name;
        sameText(a.name, b.name, what);
        sameText(a.type.toString(), b.type.toString(), what + " type");
        sameText(a.type.native, b.type.native, what + " declared type");
        sameText(a.type.collation, b.type.collation, what + " collation");
        same(a.nullable, b.nullable, what + " nullable");
        same(a.primaryKey, b.primaryKey, what + " primary key");
        same(a.identity, b.identity, what + " identity");
        sameText(a.serverDefault.sql, b.serverDefault.sql, what + " default");
        sameText(a.generated.sql, b.generated.sql, what + " generated");
        same(a.generatedStored, b.generatedStored, what + " stored");
        sameText(a.comment, b.comment, what + " comment");
    }

    std::string m_place;
};

} // namespace

std::vector<std::string> schemaDifferences(const MetaData &a, const MetaData &b)
{
    Comparison comparison;
    comparison.compare(a, b);
    return std::move(comparison.differences);
}

} // namespace orm
