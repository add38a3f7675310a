// A whole MetaData as statements in an order that works.

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"
#include "ormcore/dialect/dialect.h"

#include <algorithm>
#include <map>

namespace orm {

namespace {

// Whether the name stands in the text as a word of its own.
bool mentions(std::string_view sql, std::string_view name)
{
    const std::string text = lowerAscii(sql);
    const std::string word = lowerAscii(name);
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const bool startsWord = at == 0 || !isWordByte(text[at - 1]);
        const bool endsWord = at + word.size() == text.size() || !isWordByte(text[at + word.size()]);
        if (startsWord && endsWord)
            return true;
    }
    return false;
}

void addView(const Table *view, const std::vector<const Table *> &views, std::vector<const Table *> &order,
             std::vector<const Table *> &open)
{
    if (std::find(order.begin(), order.end(), view) != order.end() ||
        std::find(open.begin(), open.end(), view) != open.end())
        return;
    open.push_back(view);
    for (const Table *other : views) {
        if (other != view && mentions(view->definition.sql, other->name().name))
            addView(other, views, order, open);
    }
    open.pop_back();
    order.push_back(view);
}

// Each view after those that its text mentions.
std::vector<const Table *> viewOrder(const MetaData &metadata)
{
    std::vector<const Table *> views;
    for (const auto &table : metadata.tables()) {
        if (table->kind() == TableKind::View)
            views.push_back(table.get());
    }
    std::vector<const Table *> order;
    std::vector<const Table *> open;
    for (const Table *view : views)
        addView(view, views, order, open);
    return order;
}

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
    for (const Table *view : viewOrder(metadata)) {
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
