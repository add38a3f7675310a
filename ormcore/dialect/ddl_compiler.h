#pragma once

#include "ormcore/dialect/dialect.h"

namespace orm {

/// Compiles DDL as a careful person writes it: a column a line, names and types aligned, constraints below.
///
/// SqlText and native types are written verbatim. Errors: Compile and Argument, as Dialect. Thread: one.
class DdlCompiler {
public:
    explicit DdlCompiler(const Dialect &dialect) : m_dialect(dialect) {}
    virtual ~DdlCompiler() = default;
    DdlCompiler(const DdlCompiler &) = delete;
    DdlCompiler &operator=(const DdlCompiler &) = delete;

    [[nodiscard]] std::string compile(const DdlStatement &statement) const;

protected:
    // What dialects differ in. Each returns what stands in one place, empty for nothing.
    virtual std::string columnType(const Column &column) const;
    virtual std::string columnDefault(const Column &column) const;  ///< DEFAULT …
    virtual std::string columnIdentity(const Column &column) const; ///< what makes the database number the rows
    virtual std::string columnGenerated(const Column &column) const;
    virtual std::string columnExtra(const Column &column) const; ///< last on the line: COMMENT, …
    /// The primary key as a line of its own; empty where a column's line says it.
    virtual std::string primaryKey(const Table &table) const;
    virtual std::vector<std::string> extraConstraints(const Table &table) const;
    virtual std::string tableOptions(const Table &table) const; ///< after the closing parenthesis
    virtual std::string referenceOptions(const ForeignKey &key) const;
    virtual std::string indexMethod(const Index &index) const; ///< USING …, with a space before it
    virtual std::string indexPart(const IndexPart &part) const;
    virtual std::string dropIndex(const DropIndex &statement) const;
    virtual void checkIndex(const Table &table, const Index &index) const; ///< throws Compile

    [[nodiscard]] const Dialect &dialect() const noexcept { return m_dialect; }
    [[nodiscard]] std::string named(const std::string &name) const;     ///< CONSTRAINT "name", with a space after it
    [[nodiscard]] std::string labelList(const Type &enumeration) const; ///< ('a', 'b')
    [[nodiscard]] std::string enumCheck(const Column &column) const;    ///< CHECK that only its labels are in it
    [[nodiscard]] std::string columnList(const std::vector<std::string> &columns) const; ///< ("a", "b")
    [[nodiscard]] bool isOfThisDialect(const Table &table) const; ///< verbatim statements of it are for this dialect

private:
    std::string statement(const CreateTable &statement) const;
    std::string statement(const DropTable &statement) const;
    std::string statement(const CreateIndex &statement) const;
    std::string statement(const DropIndex &statement) const;
    std::string statement(const AddForeignKey &statement) const;
    std::string statement(const CreateView &statement) const;
    std::string statement(const CreateTrigger &statement) const;
    std::string statement(const CreateEnum &statement) const;
    std::string statement(const CommentOn &statement) const;
    [[nodiscard]] std::vector<std::string> columnLines(const Table &table) const;
    [[nodiscard]] std::string columnTail(const Column &column) const;
    [[nodiscard]] std::string foreignKey(const ForeignKey &key) const;

    const Dialect &m_dialect;
};

/// Whether the whole text is one pair of parentheses with what is inside.
[[nodiscard]] bool isParenthesized(std::string_view sql);
/// Whether a default is a plain literal or one of the keywords that need no parentheses.
[[nodiscard]] bool isPlainDefault(std::string_view sql);

} // namespace orm
