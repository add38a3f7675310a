#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/loading/relation_keys.h"
#include "ormcore/session/loading/relation_loader.h"
#include "ormcore/session/row.h"
#include "ormcore/session/session_core.h"

namespace orm {

void SessionCore::loadRelation(State &state, const Relationship &relationship)
{
    RelationSlot &slot = slotOf(state, relationship);
    const Loading lazy = slot.lazy(relationship.loading);
    if (state.life == Life::Pending || lazy == Loading::NoLoad) {
        if (isCollection(relationship))
            fillList(slot, {});
        else
            slot.setTarget(nullptr);
        return;
    }
    if (state.life == Life::Deleted)
        throw ObjectDeleted("this " + state.mapper->name() + " was deleted");
    if (relationship.kind == RelationKind::Parent) // from memory, where no statement is needed
        if (State *known = parentInMemory(state, *relationship.reference); known && !known->has(State::Expired)) {
            slot.setTarget(known);
            return;
        }
    if (!m_options.implicitIo || lazy == Loading::Raise)
        throw ImplicitIo("the relationship " + relationship.name + " of " + state.mapper->name() +
                         " is not loaded and may not be loaded by itself: name it in the query's options");
    (void)connection();
    if (m_options.autoflush && !m_flushing && hasChanges())
        flush();
    beginBatch();
    if (const LoadPlan &plan = mappedPlan(*relationship.target); !plan.empty())
        RelationLoader(*this).selectIn({&state}, {&relationship, Loading::SelectIn, plan});
    else if (isCollection(relationship))
        loadList(state, relationship);
    else
        loadTarget(state, relationship);
}

DriverStatement &SessionCore::relationStatement(const Relationship &relationship)
{
    PreparedStatements &statements = prepared(*relationship.owner);
    statements.byRelationship.resize(relationship.owner->relationships().size());
    DriverStatement *&statement = statements.byRelationship[relationship.index];
    if (!statement) {
        Select select = relatedSelect(relationship);
        for (const std::uint16_t column : targetColumns(relationship)) {
            const Column &found = *relationship.target->columns()[column].column;
            select.where(Expression(found) == bind(Value(0), found.type));
        }
        statement = &m_connection->prepared(m_connection->compile(select));
    }
    return *statement;
}

namespace {

/// Runs a relationship's statement for one key and calls visitor() on every row.
template <class Visitor>
void eachRelated(DriverStatement &statement, const Relationship &relationship, RelationKey key, Visitor visitor)
{
    struct Reset {
        DriverStatement &statement;
        ~Reset() { statement.reset(); }
    };
    RowBinder binder(statement);
    const Reset reset{statement};
    const auto &columns = targetColumns(relationship);
    for (std::size_t i = 0; i < columns.size(); ++i)
        binder.value(std::move(key[i]), relationship.target->columns()[columns[i]].column->type);
    while (statement.step())
        visitor();
}

} // namespace

void SessionCore::loadList(State &state, const Relationship &relationship)
{
    std::vector<State *> rows;
    if (RelationKey key = relationKey(state, relationship); !key.empty()) {
        DriverStatement &statement = relationStatement(relationship);
        eachRelated(statement, relationship, std::move(key),
                    [&] { rows.push_back(&readRow(statement, *relationship.target, 0, false)); });
    }
    fillList(slotOf(state, relationship), std::move(rows));
}

void SessionCore::loadTarget(State &state, const Relationship &relationship)
{
    State *target = nullptr;
    RelationKey key = relationKey(state, relationship);
    const bool toKey = relationship.kind == RelationKind::Parent && relationship.reference->targetsKey;
    if (!key.empty() && toKey) {
        target = get(*relationship.target, key);
    } else if (!key.empty()) {
        DriverStatement &statement = relationStatement(relationship);
        eachRelated(statement, relationship, std::move(key), [&] {
            State &found = readRow(statement, *relationship.target, 0, false);
            target = target ? target : &found;
        });
    }
    slotOf(state, relationship).setTarget(target);
}

void SessionCore::selectIn(const std::vector<State *> &states, const Relationship &relationship)
{
    RelationLoader(*this).selectIn(states, {&relationship, Loading::SelectIn, {}});
}

} // namespace orm
