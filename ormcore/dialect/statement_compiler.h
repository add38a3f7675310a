#pragma once

#include "ormcore/dialect/dialect.h"

namespace orm {

/// Compiles one statement; made anew for each. A dialect overrides the virtual functions that it spells differently.
///
/// Slots come in the order of bindValues(). Errors: Compile and Argument, as Dialect. Thread: one.
class StatementCompiler {
public:
    enum class Values { Bound, Written };

    explicit StatementCompiler(const Dialect &dialect, Values values = Values::Bound);
    virtual ~StatementCompiler();
    StatementCompiler(const StatementCompiler &) = delete;
    StatementCompiler &operator=(const StatementCompiler &) = delete;

    void writeValues() { m_values = Values::Written; } ///< for a preview
    [[nodiscard]] Compiled compile(const Statement &statement);

protected:
    // What dialects differ in.
    virtual std::string placeholder(std::size_t slot) const; ///< slots count from 1
    virtual void concatenation(const Node &node);
    virtual void distinction(const Node &node); ///< IS [NOT] DISTINCT FROM
    virtual void caseInsensitiveLike(const Node &node);
    virtual void cast(const Node &node);
    virtual void limit(const Select &select);
    virtual void emptyInsert(); ///< after INSERT INTO table
    virtual void updateReturning(const std::vector<const Column *> &columns) { returning(columns); }
    virtual std::string tupleListPrefix() const { return {}; }
    virtual std::string typeInCast(const Type &type) const { return m_dialect.typeName(type); }

    // For overriders.
    void write(std::string_view sql) { m_compiled.sql += sql; }
    void expression(const Expression &expression, int binding = 0); ///< in parentheses where it binds less
    void operand(const Node &node, std::size_t index, int binding) { expression(node.args.at(index), binding); }
    void infix(const Node &node, std::string_view sign, int binding);
    void bound(const Value &value, const Type &type);
    void returning(const std::vector<const Column *> &columns);
    [[nodiscard]] const Dialect &dialect() const noexcept { return m_dialect; }
    [[nodiscard]] static bool hasValues(const Expression &expression);

    // How tightly operators bind; kCompared is what stands beside a comparison.
    static constexpr int kOr = 1;
    static constexpr int kAnd = 2;
    static constexpr int kNot = 3;
    static constexpr int kComparison = 4;
    static constexpr int kCompared = 5;
    static constexpr int kSum = 6;
    static constexpr int kProduct = 7;
    static constexpr int kConcatenation = 8;
    static constexpr int kPrimary = 10;

private:
    /// What column names may stand for while a SELECT, UPDATE or DELETE is written.
    struct Scope {
        const Select *select = nullptr;
        const Table *target = nullptr;
        [[nodiscard]] bool has(const Source &source) const;
    };

    void statement(const Select &select);
    void statement(const Insert &insert);
    void statement(const Update &update);
    void statement(const Delete &deletion);
    void statement(const TextStatement &text);
    void where(const Expression &condition);

    void select(const Select &select);
    void selectBody(const Select &select);
    void commonTables(const Select &select);
    void columns(const Select &select);
    void sources(const Select &select);
    void source(const Source &source);
    void join(const Join &join);
    void orders(const Select &select);
    void order(const Select &select, const Expression &order);
    void orderedExpression(const Select &select, const Expression &expression);
    void describe(const Select &select);

    void node(const Node &node);
    void column(const Node &node);
    void bindList(const Node &node);
    void literalNode(const Node &node);
    void unary(const Node &node);
    void binary(const Node &node);
    void like(const Node &node);
    void membership(const Node &node);
    void conjunction(const Node &node);
    void function(const Node &node);
    void caseNode(const Node &node);
    void subquery(const Node &node);
    void textNode(const Node &node);
    void insertedValue(const Expression &value, const Column &column);
    void unnested(const Value &array);
    void arrayMembership(const Node &node);
    void expandingSlot(BindSlot slot, std::span<const Value> values);
    void list(const std::vector<Expression> &expressions, std::string_view separator = ", ", int binding = 0);
    [[nodiscard]] static int bindingOf(const Node &node);
    [[nodiscard]] bool inScope(const Source &source) const;

    const Dialect &m_dialect;
    Values m_values;
    Compiled m_compiled;
    std::vector<Scope> m_scopes;
    bool m_qualified = true; // columns with their table's name
};

/// What a column of a SELECT is called and converts to.
[[nodiscard]] ResultColumn describeColumn(const Expression &expression);

} // namespace orm
