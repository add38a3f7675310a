// A whole MetaData as statements in an order that works.

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"
#include "ormcore/dialect/dialect.h"

#include <map>

namespace orm {

namespace {

/// Views, each after those that its text mentions.
class ViewOrder {
public:
    explicit ViewOrder(const MetaData &metadata)
    {
        for (const auto &table : metadata.tables()) {
            if (table->kind() != TableKind::View)
                continue;
            m_places.emplace(lowerAscii(table->name().name), m_views.size());
            m_views.push_back(table.get());
        }
        m_seen.resize(m_views.size());
    }

    std::vector<const Table *> order()
    {
        for (std::size_t i = 0; i < m_views.size(); ++i)
            add(i);
        return std::move(m_order);
    }

private:
    void add(std::size_t place)
    {
        if (m_seen[place])
            return;
        m_seen[place] = true;
        const std::string text = lowerAscii(m_views[place]->definition.sql);
        for (std::size_t at = 0; at < text.size();) { // word by word; a name of several words is found nowhere
            const std::size_t start = at;
            while (at < text.size() && isWordByte(text[at]))
                ++at;
            if (const auto other = m_places.find(text.substr(start, at - start)); other != m_places.end())
                add(other->second);
            at += at == start ? 1 : 0;
        }
        m_order.push_back(m_views[place]);
    }

    std::vector<const Table *> m_views;
    std::map<std::string, std::size_t> m_places;
    std::vector<bool> m_seen;
    std::vector<const Table *> m_order;
};

// Where a dialect has no schemas, two tables of one name would be one.
void checkNames(const MetaData &metadata, const Dialect &dialect)
{
    if (dialect.capabilities().schemas)
        return;
    std::map<std::string, const Table *> names;
    for (const auto &table : metadata.tables()) {
        const auto [known, fresh] = names.emplace(lowerAscii(table->name().name), table.get());
        if (!fresh)
            throw Compile(dialect.name() + " has no schemas: " + known->second->name().toString() + " and " +
                          table->name().toString() + " would be one table");
    }
}

// Each named enum once, before the tables that use it.
void addEnums(const MetaData &metadata, std::vector<DdlStatement> &statements)
{
    std::map<std::string, const Type *> types;
    for (const auto &table : metadata.tables()) {
        for (const auto &column : table->columns()) {
            const Type &type = column->type;
            if (type.kind != TypeKind::Enum || type.enumName.empty())
                continue;
            const auto [known, fresh] = types.emplace(type.enumName, &type);
            if (fresh)
                statements.emplace_back(CreateEnum{&type});
            else if (known->second->labels != type.labels)
                throw Compile("the enum " + type.enumName + " has one set of labels in one column and another in " +
                              table->name().toString() + "." + column->name);
        }
    }
}

void addComments(const Table &table, std::vector<DdlStatement> &statements)
{
    if (!table.comment.empty())
        statements.emplace_back(CommentOn{.table = &table});
    for (const auto &column : table.columns()) {
        if (!column->comment.empty())
            statements.emplace_back(CommentOn{.table = &table, .column = column.get()});
    }
}

void addIndexes(const Table &table, std::vector<DdlStatement> &statements)
{
    for (const Index &index : table.indexes)
        statements.emplace_back(CreateIndex{.table = &table, .index = &index});
}

} // namespace

std::vector<DdlStatement> createAll(const MetaData &metadata, const Dialect &dialect)
{
    checkNames(metadata, dialect);
    const CreationOrder order = creationOrder(metadata);
    const bool later = dialect.capabilities().alterAddForeignKey;
    std::vector<DdlStatement> statements;
    if (dialect.capabilities().enumTypes)
        addEnums(metadata, statements);
    const bool comments = dialect.capabilities().commentStatements;
    for (const TableKind kind : {TableKind::Table, TableKind::Virtual}) {
        for (const Table *table : order.tables) {
            if (table->kind() != kind)
                continue;
            CreateTable create{.table = table};
            for (const auto &[owner, key] : order.deferred) {
                if (later && owner == table)
                    create.without.push_back(key);
            }
            statements.emplace_back(std::move(create));
            addIndexes(*table, statements);
            if (comments)
                addComments(*table, statements);
        }
    }
    if (later) {
        for (const auto &[table, key] : order.deferred)
            statements.emplace_back(AddForeignKey{.table = table, .key = key});
    }
    for (const Table *view : ViewOrder(metadata).order()) {
        statements.emplace_back(CreateView{view});
        addIndexes(*view, statements);
        if (comments)
            addComments(*view, statements);
    }
    for (const Trigger &trigger : metadata.triggers)
        statements.emplace_back(CreateTrigger{&trigger});
    return statements;
}

std::string createScript(const MetaData &metadata, const Dialect &dialect)
{
    std::string script;
    for (const DdlStatement &statement : createAll(metadata, dialect))
        script += (script.empty() ? "" : "\n") + dialect.compile(statement) + ";\n";
    return script;
}

} // namespace orm
